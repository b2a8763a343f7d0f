// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** While it is open, some calls of a process fail, or are interrupted, by strace. */
final class Interruptions implements AutoCloseable {
    private final Process strace;
    private final Path log;
    private final String calls;

    /**
     * Begins.
     *
     * @param calls which
     * @param how {@code error=EINTR} instead of the call, or a signal during the call; and {@code
     *     :when=1+2} for every second one
     * @param more options of strace(1)
     */
    Interruptions(Peer peer, String calls, String how, String... more) throws Exception {
        this.calls = calls;
        log = Files.createTempFile(Run.ID, ".strace");
        ProcessBuilder builder =
                new ProcessBuilder(
                                "strace",
                                "-qq",
                                "-f",
                                "-o",
                                log.toString(),
                                "-e",
                                "trace=" + calls,
                                "-e",
                                "inject=" + calls + ":" + how,
                                "-p",
                                Long.toString(peer.pid()))
                        .redirectErrorStream(true);
        builder.command().addAll(1, List.of(more));
        builder.environment().put(Run.MARK, Run.ID);
        strace = builder.start();
        awaitAttached(Path.of("/proc", Long.toString(peer.pid()), "task"));
        Thread.sleep(50); // until each of them has been stopped once, and sent on
    }

    /** Waits until every thread is traced; strace itself takes care of those that come later. */
    private void awaitAttached(Path threads) throws Exception {
        while (true) {
            assertTrue(strace.isAlive(), "strace does not run");
            try (Stream<Path> all = Files.list(threads)) {
                if (all.allMatch(Interruptions::isTraced)) {
                    return;
                }
            }
            Thread.sleep(5);
        }
    }

    private static boolean isTraced(Path thread) {
        try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
            return lines.anyMatch(line -> line.matches("TracerPid:\\s+[1-9][0-9]*"));
        } catch (IOException | UncheckedIOException e) {
            return true; // it has ended
        }
    }

    /** Every second call is interrupted instead of made. */
    static Interruptions failing(Peer peer, String calls, String... more) throws Exception {
        return new Interruptions(peer, calls, "error=EINTR:when=1+2", more);
    }

    /** Skips the test where there is no strace; see {@link Privileges#assumeRoot}. */
    static void assumeStrace() {
        boolean works =
                Run.run("strace", "-o", "/dev/null", "-e", "inject=nanosleep:error=EINTR", "true")
                                .status()
                        == 0;
        if (Boolean.getBoolean("ipc.require.root") && !works) {
            throw new IllegalStateException("strace is missing, or may not trace");
        }
        assumeTrue(works, "needs strace");
    }

    @Override
    public void close() throws Exception {
        strace.toHandle().destroy(); // detaches
        assertTrue(strace.waitFor(30, TimeUnit.SECONDS), "strace does not end");
        long injected;
        try (var lines = Files.lines(log)) {
            injected =
                    lines.filter(line ->
                                    line.contains("(INJECTED)") || line.contains("--- SIGPIPE"))
                            .count();
        }
        Files.delete(log);
        System.out.println(injected + " interrupted calls of " + calls);
        assertTrue(injected > 0, "no call of " + calls + " was interrupted");
    }
}
