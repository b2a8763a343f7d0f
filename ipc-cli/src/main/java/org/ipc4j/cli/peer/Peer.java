// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.peer;

import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The second process, as the first sees it. It says on its standard output that it is {@code
 * ready}, and later what it has to answer, or that it has {@code failed}. It ends when its standard
 * input does, and so never outlives this process.
 */
public final class Peer implements AutoCloseable {
    /** What it says when the first process can go on. */
    public static final String READY = "ready";

    /** What it says before the reason why it ends. */
    public static final String FAILED = "failed ";

    private static final String END = "";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Peer(Process process) {
        this.process = process;
    }

    /**
     * Starts the second process.
     *
     * @param command what starts it
     * @return the process
     * @throws IOException if it cannot be started
     */
    public static Peer start(List<String> command) throws IOException {
        Peer peer =
                new Peer(
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        Thread.ofPlatform().daemon().name("peer's output").start(peer::readLines);
        return peer;
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | RuntimeException e) {
            lines.add(FAILED + e.getMessage());
        }
        lines.add(END);
    }

    /**
     * Returns what is patient as long as this process lives.
     *
     * @return the patience
     */
    public Patience patience() {
        return new Patience(process::isAlive);
    }

    /**
     * Waits until it says that it is ready.
     *
     * @throws InterruptedException if the thread is interrupted
     * @throws CommandFailure if it says something else, or nothing
     */
    public void awaitReady() throws InterruptedException, CommandFailure {
        String line = nextLine();
        if (!line.equals(READY)) {
            throw failure(line);
        }
    }

    /**
     * Waits for an answer.
     *
     * @param beginning what it begins with
     * @return the rest of it
     * @throws InterruptedException if the thread is interrupted
     * @throws CommandFailure if it says something else, or nothing
     */
    public String awaitAnswer(String beginning) throws InterruptedException, CommandFailure {
        String line = nextLine();
        if (!line.startsWith(beginning)) {
            throw failure(line);
        }
        return line.substring(beginning.length());
    }

    private String nextLine() throws InterruptedException, CommandFailure {
        String line = lines.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new CommandFailure(
                    ExitStatus.TIMED_OUT,
                    "the other process has said nothing for " + Patience.LIMIT.toSeconds() + " s");
        }
        return line;
    }

    /**
     * Returns why something failed: what the other process says goes first, since its end is only a
     * consequence.
     *
     * @param here what this process has noticed
     * @return the reason
     * @throws InterruptedException if the thread is interrupted
     */
    public Exception reason(Exception here) throws InterruptedException {
        if (here instanceof InterruptedException) {
            return here;
        }
        String line = lines.poll(1, TimeUnit.SECONDS);
        return line != null && line.startsWith(FAILED) ? failure(line) : here;
    }

    private CommandFailure failure(String line) throws InterruptedException {
        if (line.startsWith(FAILED)) {
            return new CommandFailure(
                    ExitStatus.REFUSED, "in the other process: " + line.substring(FAILED.length()));
        }
        if (line.equals(END) && process.waitFor(1, TimeUnit.SECONDS)) {
            return new CommandFailure(
                    ExitStatus.PEER_CLOSED,
                    "the other process has ended with status " + process.exitValue());
        }
        return new CommandFailure(
                ExitStatus.PEER_CLOSED, "the other process says what nobody understands: " + line);
    }

    /** Ends the other process. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
