// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

class LauncherIT {
    @TempDir private Path directory;

    @Test
    void worksThroughAChainOfLinks() throws Exception {
        Path far = Files.createDirectories(directory.resolve("a b").resolve("c"));
        Files.createSymbolicLink(far.resolve("absolute"), Ipc.COMMAND);
        Files.createSymbolicLink(directory.resolve("relative"), Path.of("a b", "c", "absolute"));
        Files.createSymbolicLink(far.resolve("ipc"), Path.of("..", "..", "relative"));
        Ipc.start(far.resolve("ipc"), "report").result().succeeded();
    }

    @Test
    void worksThroughALinkToItsDirectory() throws Exception {
        Files.createSymbolicLink(directory.resolve("image"), Ipc.IMAGE);
        Ipc.start(directory.resolve("image/bin/ipc"), "report").result().succeeded();
    }

    @Test
    void worksThroughThePathAndKeepsEveryWord() throws Exception {
        Ipc.Result result = Ipc.shell(directory, "ipc sem info ' a  *  b '");
        assertTrue(result.failed(4).err().contains(" a  *  b "), result::toString);
    }

    @Test
    void hasTheVersionOfTheBuild() throws Exception {
        String version = Ipc.call("--version").succeeded().out();
        assertTrue(version.matches("ipc [0-9]+\\.[0-9]+\\.\\S+, Java 2[5-9].*\\R"), version);
    }

    @Test
    void hasAStartUpArchive() throws IOException {
        assertTrue(Files.size(Ipc.IMAGE.resolve("lib").resolve("ipc.aot")) > 0);
    }

    @Test
    void completesInBash() throws Exception {
        String script = Ipc.call("generate-completion").succeeded().out();
        Path file = Files.writeString(directory.resolve("completion"), script);
        for (String word : new String[] {"acquire", "channel", "--waiting", "backoff"}) {
            assertTrue(script.contains(word), script);
        }
        assertFalse(script.contains("tour-peer"));
        assertEquals(
                new Ipc.Result(0, "", ""), Ipc.shell(directory, "bash -n " + file.getFileName()));
    }

    @Test
    void noJarHasANativeFile() throws IOException {
        for (String path : System.getProperty("ipc.module.path").split(File.pathSeparator)) {
            try (JarFile jar = new JarFile(path)) {
                assertTrue(
                        jar.stream()
                                .noneMatch(entry ->
                                        entry.getName().matches(".*\\.(so|dll|dylib|a|o|exe)")),
                        path);
            }
        }
    }
}
