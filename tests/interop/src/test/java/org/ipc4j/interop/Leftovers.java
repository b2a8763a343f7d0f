// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Fails a class of tests that leaves anything behind: shared memory, queues, files, processes. */
final class Leftovers implements BeforeAllCallback, AfterAllCallback {
    private static final Path PROC = Path.of("/proc");

    private final Set<String> before = new TreeSet<>();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        before.addAll(find());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        TreeSet<String> left = find();
        left.removeAll(before);
        assertEquals(Set.of(), left, "left behind by " + context.getDisplayName());
    }

    private static TreeSet<String> find() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        found.addAll(files(Path.of("/dev/shm")));
        found.addAll(files(Path.of(System.getProperty("java.io.tmpdir"))));
        found.addAll(files(Run.folder()));
        found.addAll(queues());
        found.addAll(processes());
        try (Stream<Path> crashes = Files.list(Run.folder())) {
            crashes.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .forEach(file -> found.add(file.toString()));
        }
        return found;
    }

    /** Files of this run, two levels deep: some lie in a directory of ours. */
    private static List<String> files(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(
                folder,
                Set.of(),
                2,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        return visitFile(directory, attributes);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().contains(Run.ID)) {
                            found.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    /** One of somebody else vanished meanwhile, or may not be looked at. */
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /** Queues are seen in a mount of their own. */
    private static List<String> queues() {
        Run.Said said =
                Run.run(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t mqueue none /mnt && ls -A /mnt");
        return said.status() != 0
                ? List.of()
                : said.text().lines().filter(name -> name.contains(Run.ID)).toList();
    }

    /** Processes with our mark. One that is just ending gets a moment. */
    private static List<String> processes() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            found.clear();
            ProcessHandle.allProcesses()
                    .filter(Leftovers::isOurs)
                    .forEach(process ->
                            found.add(
                                    process.info()
                                            .commandLine()
                                            .orElse("process " + process.pid())));
            if (found.isEmpty()) {
                break;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return found;
    }

    private static boolean isOurs(ProcessHandle process) {
        try {
            return new String(Files.readAllBytes(PROC.resolve(process.pid() + "/environ")))
                    .contains(Run.MARK + "=" + Run.ID);
        } catch (IOException e) {
            return false; // gone, or of another user
        }
    }
}
