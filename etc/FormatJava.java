// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Runs google-java-format over the hand-written Java of this checkout: {@code apply} formats it,
 * {@code check FILE} leaves what it would change in that file, and no file if there is nothing.
 * Maven starts this program in JDK 25, because a formatter reads the language of the JDK that it
 * runs on, and Maven itself may run on 17.
 */
final class FormatJava {
    private FormatJava() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "apply" -> System.exit(format(new PrintWriter(System.err, true), "--replace"));
            case "check" -> check(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void check(Path report) throws IOException {
        var text = new StringWriter();
        int status = format(new PrintWriter(text, true), "--dry-run", "--set-exit-if-changed");
        if (status == 0) {
            Files.deleteIfExists(report);
        } else {
            Files.createDirectories(report.toAbsolutePath().getParent());
            Files.writeString(report, text.toString());
            System.err.print(text);
        }
    }

    private static int format(PrintWriter output, String... options) throws IOException {
        var command = new ArrayList<>(List.of("--aosp"));
        command.addAll(List.of(options));
        collect(Path.of(""), command);
        return ToolProvider.findFirst("google-java-format")
                .orElseThrow()
                .run(output, output, command.toArray(String[]::new));
    }

    private static void collect(Path directory, List<String> sources) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (name.endsWith(".java")) {
                    sources.add(entry.toString());
                } else if (!isForeign(name)
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    collect(entry, sources);
                }
            }
        }
    }

    /** What tools make or keep: the build, jextract, the Wine rig, git and editors. */
    private static boolean isForeign(String directory) {
        return directory.startsWith(".")
                || directory.startsWith("generated")
                || directory.equals("target")
                || directory.equals("rig");
    }
}
