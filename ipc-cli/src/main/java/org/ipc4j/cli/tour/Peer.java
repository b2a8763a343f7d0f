// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

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
 * ready}, and later what it has {@code received}, or that it has {@code failed}. It ends when its
 * standard input does, and so never outlives this process.
 */
final class Peer implements AutoCloseable {
    static final String READY = "ready";
    static final String RECEIVED = "received ";
    static final String FAILED = "failed ";

    private static final String END = "";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Peer(Process process) {
        this.process = process;
    }

    static Peer start(List<String> command) throws IOException {
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

    /** Returns what is patient as long as this process lives. */
    Patience patience() {
        return new Patience(process::isAlive);
    }

    void awaitReady() throws InterruptedException, CommandFailure {
        String line = nextLine();
        if (!line.equals(READY)) {
            throw failure(line);
        }
    }

    Receipt.Sum awaitSum() throws InterruptedException, CommandFailure {
        String line = nextLine();
        if (!line.startsWith(RECEIVED)) {
            throw failure(line);
        }
        String[] words = line.split(" ");
        return new Receipt.Sum(Long.parseLong(words[1]), words[2]);
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
     * Returns why the passage failed: what the other process says goes first, since its end is only
     * a consequence.
     */
    Exception reason(Exception here) throws InterruptedException {
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
