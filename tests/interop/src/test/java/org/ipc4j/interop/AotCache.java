// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The classes of the JVM peer as one has loaded and linked them, kept for the next ones: most of
 * what a peer costs is its start, and a third of that is to do so anew, or half under Wine. A JVM
 * that cannot use the cache does without.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
final class AotCache {
    /** What a peer is told, so that it loads what most of them load. */
    private static final String TRAINING =
            """
            sem create NAME 0
            sem unlink NAME
            shm create NAME 5000
            shm write 5
            shm close
            shm unlink NAME
            chan createReceiver NAME BLOCK 1 4096 300
            chan closeReceiver
            chan unlink NAME
            topic createSubscriber NAME BLOCK 2 WAIT 4096 300
            topic closeSubscriber
            topic unlink NAME
            """;

    /** A peer's output is for its answers, and the JVM would tell there why it does without. */
    private static final String QUIET = "-Xlog:disable";

    private AotCache() {}

    /**
     * Makes a cache.
     *
     * @param file where
     * @param asPeer how the peer's system writes a path
     * @param peer a peer that is given these options besides
     * @return the options of those who use it
     */
    static List<String> make(
            Path file, Function<Path, String> asPeer, Function<List<String>, Launcher> peer) {
        Path lines = file.resolveSibling(file.getFileName() + ".training");
        List<String> command =
                peer.apply(List.of("-XX:AOTCacheOutput=" + asPeer.apply(file), QUIET)).command();
        try {
            Files.deleteIfExists(file);
            Files.writeString(lines, TRAINING.replace("NAME", Run.name("training")));
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(lines.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put(Run.MARK, Run.ID);
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            Process process = builder.start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!Files.exists(file)) {
            System.out.println("peers start slowly, since this made no cache: " + command);
        }
        return List.of("-XX:AOTCache=" + asPeer.apply(file), QUIET);
    }
}
