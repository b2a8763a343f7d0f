// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The project in {@code src/consumer}, built by Maven in a folder of its own: it resolves ipc4j
 * from a local repository into which only our published jars and poms were installed.
 *
 * @param jar its own jar
 * @param modules the folder of what it depends on
 */
record Consumer(Path jar, Path modules) {
    private static final Path PROJECT = Path.of("src", "consumer").toAbsolutePath();
    private static final int PATIENCE_MINUTES = 5;

    /** Builds it. */
    static Consumer build(Path directory) throws IOException, InterruptedException {
        Path project = copy(directory.resolve("consumer"));
        Path log = directory.resolve("maven.log");
        List<String> call =
                new ArrayList<>(
                        List.of(
                                System.getProperty("ipc.maven"),
                                "--batch-mode",
                                "--global-settings",
                                settings(directory).toString(),
                                "-Dmaven.repo.local="
                                        + System.getProperty("ipc.consumer.repository")));
        call.addAll(List.of(System.getProperty("ipc.consumer.versions").strip().split("\\s+")));
        call.add("package");
        ProcessBuilder maven =
                new ProcessBuilder(call)
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().remove("MAVEN_OPTS");
        Process process = maven.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertTrue(ended, () -> "hangs: " + text(log));
        assertEquals(0, process.exitValue(), () -> text(log));
        Path target = project.resolve("target");
        return new Consumer(target.resolve("numbers.jar"), target.resolve("modules"));
    }

    /** The project is not built where it lies, so that nothing above it can lend it anything. */
    private static Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(PROJECT.relativize(file).toString()));
            }
        }
        return to;
    }

    /**
     * Maven's plugins, and Agrona, come from where the build that runs this test has them, and only
     * what is missing there from the network.
     */
    private static Path settings(Path directory) throws IOException {
        String repository =
                """
                <id>cache</id>
                <url>%s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
                """
                        .formatted(Path.of(System.getProperty("ipc.maven.cache")).toUri());
        return Files.writeString(
                directory.resolve("settings.xml"),
                """
                <settings>
                  <profiles>
                    <profile>
                      <id>cache</id>
                      <repositories><repository>%1$s</repository></repositories>
                      <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>cache</activeProfile></activeProfiles>
                </settings>
                """
                        .formatted(repository));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Its dependencies whose names begin like that. */
    List<Path> dependencies(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(modules)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
