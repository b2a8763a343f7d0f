// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

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
import java.util.Arrays;
import java.util.List;

/**
 * Another user than root, from his first use by a class of tests to its end: a static field with
 * {@code @RegisterExtension}. Where there are no privileges, the tests that use him are skipped.
 */
final class SecondUser implements AfterAllCallback {
    /** His number, and that of his group. */
    static final String ID = "65534";

    /** A copy of the modules that every user can read, wherever the checkout is. */
    private Path modules;

    private void begin() {
        if (modules != null) {
            return;
        }
        Privileges.assumeRoot();
        try {
            modules = Files.createTempDirectory(Run.ID);
            Files.setPosixFilePermissions(modules, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (modules != null) {
            deleteModules();
            modules = null;
        }
    }

    private void deleteModules() throws IOException {
        Files.walkFileTree(
                modules,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
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
    }

    /** A command line that he runs. */
    String[] command(String... command) {
        begin();
        List<String> all =
                new ArrayList<>(
                        List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups"));
        all.addAll(Arrays.asList(command));
        return all.toArray(String[]::new);
    }

    /** A JVM peer that is his, started with these options. */
    Launcher jvm(String provider, String... options) {
        String[] become = command();
        List<String> entries = new ArrayList<>();
        for (String entry : Launcher.ModulePath.HERE.text().split(File.pathSeparator)) {
            Path target = modules.resolve(Integer.toString(entries.size()));
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
        return Launcher.jvm(
                        provider,
                        new Launcher.ModulePath(String.join(File.pathSeparator, entries)),
                        options)
                .under(become);
    }

    /** Starts a JVM peer, as root or as him. */
    Peer start(String provider, boolean root) {
        begin(); // also if it is root: the test is one of two users
        return (root ? Launcher.jvm(provider) : jvm(provider)).start();
    }
}
