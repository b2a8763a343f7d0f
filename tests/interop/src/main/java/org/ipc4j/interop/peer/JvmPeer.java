// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import static java.util.Map.entry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Does what the lines of its standard input say, and answers each with one line: {@code ok}, {@code
 * none} or {@code error} and the exception. {@code at MILLIS} before a command starts it at that
 * time of the wall clock, in all processes at once.
 */
public final class JvmPeer {
    private static final Shm SHM = new Shm();
    private static final Mmap MMAP = new Mmap();
    private static final Fifo FIFO = new Fifo();
    private static final Sock SOCK = new Sock();

    private static final Map<String, Mechanism> MECHANISMS =
            Map.ofEntries(
                    entry("sem", new Sem()),
                    entry("shm", SHM),
                    entry("mmap", MMAP),
                    entry("mq", new Mq()),
                    entry("fifo", FIFO),
                    entry("pipe", new Pipe()),
                    entry("sock", SOCK),
                    entry("pass", new Pass(SHM, MMAP, FIFO, SOCK)),
                    entry("chan", new Chan()),
                    entry("topic", new PubSub()),
                    entry("sig", new Sig()),
                    entry("file", new SharedFile()),
                    entry("fuzz", new Fuzz()),
                    entry("self", new Self()));

    private JvmPeer() {}

    /**
     * Runs until the end of standard input.
     *
     * @param args none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        Content.digest(new byte[0]); // loads a native library now, and not under a test's hands
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answer(obey(line.split(" ")));
        }
    }

    /** Answers before a command that never ends. */
    static void ready() {
        answer("ok");
    }

    private static void answer(String line) {
        System.out.print(line.replaceAll("\\R", " ") + '\n'); // the same byte on every system
        System.out.flush();
    }

    private static String obey(String[] words) {
        try {
            if (words[0].equals("at")) {
                await(Long.parseLong(words[1]));
                return obey(Arrays.copyOfRange(words, 2, words.length));
            }
            Mechanism mechanism = MECHANISMS.get(words[0]);
            if (mechanism == null) {
                return "error no mechanism " + words[0];
            }
            String result =
                    mechanism.obey(
                            words[1],
                            new Mechanism.Words(Arrays.copyOfRange(words, 2, words.length)));
            return result.equals(Mechanism.NONE) ? result : ("ok " + result).strip();
        } catch (Exception | LinkageError | InternalError e) {
            if (Boolean.getBoolean("ipc.peer.trace")) {
                e.printStackTrace();
            }
            return "error " + e.getClass().getSimpleName() + " " + e.getMessage();
        }
    }

    private static void await(long millis) throws InterruptedException {
        long left = millis - System.currentTimeMillis();
        if (left > 5) {
            Thread.sleep(left - 5);
        }
        while (System.currentTimeMillis() < millis) {
            Thread.onSpinWait();
        }
    }
}
