// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call of the image's command, or of a shell that calls it, in a process of its own. */
final class Ipc {
    static final Path IMAGE = Path.of(System.getProperty("ipc.image")).toAbsolutePath().normalize();
    static final Path COMMAND = IMAGE.resolve("bin").resolve("ipc");

    private static final int PATIENCE_SECONDS = 120;
    private static final int PATIENCE_AFTER_THE_END_SECONDS = 10;

    private final Process process;
    private final CompletableFuture<byte[]> out;
    private final CompletableFuture<byte[]> err;

    private Ipc(ProcessBuilder builder) throws IOException {
        process = builder.start();
        out =
                CompletableFuture.supplyAsync(
                        () -> read(process.getInputStream()), Thread::startVirtualThread);
        err =
                CompletableFuture.supplyAsync(
                        () -> read(process.getErrorStream()), Thread::startVirtualThread);
    }

    private static byte[] read(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the command. */
    static Ipc start(String... words) throws IOException {
        return start(COMMAND, words);
    }

    static Ipc start(Path command, String... words) throws IOException {
        List<String> call = new ArrayList<>(List.of(command.toString()));
        call.addAll(List.of(words));
        return new Ipc(new ProcessBuilder(call));
    }

    /**
     * Starts a shell script in which {@code ipc} is the command. It is a process group, so that
     * what it leaves behind can be found.
     */
    static Ipc startShell(Path directory, String script) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("setsid", "bash", "-c", "set -o pipefail; " + script);
        builder.environment()
                .merge("PATH", IMAGE.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        return new Ipc(builder.directory(directory.toFile()));
    }

    /** Calls the command and waits for its end. */
    static Result call(String... words) throws IOException, InterruptedException {
        return start(words).result();
    }

    static Result shell(Path directory, String script) throws IOException, InterruptedException {
        return startShell(directory, script).result();
    }

    Process process() {
        return process;
    }

    /** Waits for the end of the process, and of whoever has its standard output or error. */
    Result result() throws IOException, InterruptedException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("hangs: " + process.info().commandLine());
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            killAll();
        }
    }

    private static String text(CompletableFuture<byte[]> output) throws InterruptedException {
        try {
            return new String(
                    output.get(PATIENCE_AFTER_THE_END_SECONDS, TimeUnit.SECONDS),
                    StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a process that it has started goes on", e);
        }
    }

    /** A descendant whose parent has ended is found by its group only. */
    private void killAll() throws IOException, InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        new ProcessBuilder("kill", "-9", "--", "-" + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /**
     * How a call ended.
     *
     * @param status the exit status
     * @param out standard output
     * @param err standard error
     */
    record Result(int status, String out, String err) {
        /** Asserts that it did its job and said nothing about it on standard error. */
        Result succeeded() {
            assertEquals(0, status, this::toString);
            assertEquals("", err);
            return this;
        }

        /** Asserts that it failed with one line. */
        Result failed(int expected) {
            assertEquals(expected, status, this::toString);
            assertEquals(1, err.lines().count(), this::toString);
            assertTrue(err.startsWith("ipc: "), this::toString);
            return this;
        }
    }
}
