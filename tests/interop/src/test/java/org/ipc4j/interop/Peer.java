// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.interop.peer.Event;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A running partner program, whatever its language: it is asked a line and answers one. */
final class Peer implements AutoCloseable {
    /** A peer that says nothing for so long is killed, and the test fails. */
    private static final int PATIENCE_SECONDS = 60;

    /** The JVM's words for native access by a module that was given none. */
    private static final String RESTRICTED = "WARNING: A restricted method";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ScheduledExecutorService WATCHDOG =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    private final Launcher launcher;
    private final Process process;
    private final InputStream answers;
    private final Path complaints;

    Peer(Launcher launcher) {
        this.launcher = launcher;
        this.complaints = Run.folder().resolve(COUNT.incrementAndGet() + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(launcher.command()).redirectError(complaints.toFile());
        builder.environment().put(Run.MARK, Run.ID);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answers = new BufferedInputStream(process.getInputStream());
    }

    /** Asks and expects the answer "ok"; returns what followed it. */
    String ok(String line) {
        tell(line);
        return ok();
    }

    /** Expects the answer "ok" to what was told. */
    String ok() {
        String answer = answer();
        assertTrue(
                answer.equals("ok") || answer.startsWith("ok "),
                () -> launcher + " answered: " + answer);
        return answer.substring(2).strip();
    }

    /** Asks and expects the answer "ok" or "none"; returns whether it was "ok". */
    boolean does(String line) {
        String answer = ask(line);
        assertTrue(
                answer.equals("ok") || answer.equals("none"),
                () -> launcher + ": " + line + " answered: " + answer);
        return answer.equals("ok");
    }

    /** Asks and expects the answer "none". */
    void none(String line) {
        assertEquals("none", ask(line), launcher + ": " + line);
    }

    /** Asks and expects an error; returns which. */
    String error(String line) {
        String answer = ask(line);
        assertTrue(
                answer.startsWith("error "), () -> launcher + ": " + line + " answered: " + answer);
        return answer.substring("error ".length());
    }

    /** Asks and expects to be told of that failure. */
    void fails(String line, Failure failure) {
        String error = error(line);
        assertTrue(
                launcher.means(error.split(" ")[0], failure),
                () -> launcher + ": " + line + " answered: " + error + ", not " + failure);
    }

    /** Asks and expects to be told that this user may not. */
    void denied(String line) {
        fails(line, Failure.DENIED);
    }

    /** Asks and returns the whole answer. */
    String ask(String line) {
        tell(line);
        return answer();
    }

    /** Asks without waiting for the answer. */
    void tell(String line) {
        try {
            process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
        } catch (IOException e) {
            throw new AssertionError(launcher + " is gone: " + complaints(), e);
        }
    }

    /** Waits for the answer to what was told. */
    String answer() {
        ScheduledFuture<?> guard =
                WATCHDOG.schedule(this::kill, PATIENCE_SECONDS, TimeUnit.SECONDS);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            // Byte by byte, since events may follow.
            for (int next = answers.read(); next != '\n'; next = answers.read()) {
                if (next < 0) {
                    throw new AssertionError(
                            launcher + " ended instead of answering: " + complaints());
                }
                line.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            guard.cancel(false);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    boolean isJvm() {
        return launcher.isJvm();
    }

    /** Tells whether an answer is there. */
    boolean hasAnswered() {
        try {
            return answers.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next event of a victim; empty after its death, when everything is read. */
    Optional<Event> event() {
        try {
            return Event.next(answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The partner program itself: where it was started through others, the innermost child. */
    private ProcessHandle innermost() {
        return process.descendants()
                .max(Comparator.comparingLong(ProcessHandle::pid))
                .orElseGet(process::toHandle);
    }

    long pid() {
        return innermost().pid();
    }

    /**
     * {@code kill -9}. Its answers can still be read, which {@link Process#destroyForcibly} would
     * prevent.
     */
    void kill() {
        innermost().destroyForcibly();
        process.toHandle().destroyForcibly();
    }

    /** Waits until the process is gone: its output ends before its other files are closed. */
    boolean hasEnded() throws InterruptedException {
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends a signal. */
    void signal(String name) {
        assertEquals(0, Run.run("kill", "-s", name, Long.toString(pid())).status());
    }

    private String complaints() {
        try {
            return Files.readString(complaints);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Lets it end by itself, or kills it. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                process.getOutputStream().close();
                if (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    kill();
                    process.waitFor();
                }
            }
            answers.close();
            String said = Files.readString(complaints, StandardCharsets.ISO_8859_1);
            if (said.isEmpty()) {
                Files.delete(complaints);
            }
            assertFalse(said.contains(RESTRICTED), () -> launcher + ": " + said);
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
