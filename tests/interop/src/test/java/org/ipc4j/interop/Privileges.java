// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What only root may do: other users, namespaces, limits. */
final class Privileges {
    /** The user and group that is somebody else. */
    static final String NOBODY = "65534";

    private static final boolean ROOT =
            Run.run("unshare", "--mount", "--pid", "--ipc", "--fork", "id", "-u")
                    .text()
                    .equals("0");

    private Privileges() {}

    static boolean isRoot() {
        return ROOT;
    }

    /**
     * Skips the test where there are no privileges; {@code -Dipc.require.root=true} makes that a
     * failure.
     */
    static void assumeRoot() {
        if (Boolean.getBoolean("ipc.require.root") && !ROOT) {
            throw new IllegalStateException(
                    "-Dipc.require.root=true, but this is not root, or it may not make namespaces");
        }
        assumeTrue(ROOT, "needs root, which may make namespaces and become another user");
    }

    /** Starts a program as another user. */
    static Launcher asNobody(Launcher launcher) {
        return launcher.under(
                "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    /** Starts a program as a container does: in namespaces of its own, but for {@code /dev/shm}. */
    static Launcher inContainer(Launcher launcher) {
        return launcher.under(
                "unshare",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--fork",
                "--kill-child",
                "--mount-proc");
    }

    /** A copy of the modules that every user can read, wherever the checkout is. */
    static final class PublicModules implements AutoCloseable {
        private final Path folder;

        PublicModules() {
            try {
                folder = Files.createTempDirectory(Run.ID);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A JVM peer that runs as another user, started with these options. */
        Launcher jvm(String provider, String... options) {
            List<String> entries = new ArrayList<>();
            for (String entry : Launcher.ModulePath.HERE.text().split(File.pathSeparator)) {
                Path target = folder.resolve(Integer.toString(entries.size()));
                Path source = Path.of(entry);
                Path copy = Files.isDirectory(source) ? target : Path.of(target + ".jar");
                if (!Files.exists(copy)) {
                    Run.Said said = Run.run("cp", "-r", source.toString(), copy.toString());
                    if (said.status() != 0) {
                        throw new IllegalStateException(said.text());
                    }
                    Run.run("chmod", "-R", "a+rX", copy.toString());
                }
                entries.add(copy.toString());
            }
            return asNobody(
                    Launcher.jvm(
                            provider,
                            new Launcher.ModulePath(String.join(File.pathSeparator, entries)),
                            options));
        }

        @Override
        public void close() {
            try {
                Files.walkFileTree(
                        folder,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult visitFile(
                                    Path file, BasicFileAttributes attributes) throws IOException {
                                Files.delete(file);
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult postVisitDirectory(Path directory, IOException e)
                                    throws IOException {
                                Files.delete(directory);
                                return FileVisitResult.CONTINUE;
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
