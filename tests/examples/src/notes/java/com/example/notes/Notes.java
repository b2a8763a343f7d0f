// SPDX-License-Identifier: Apache-2.0

package com.example.notes;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A notice board between processes: {@code post BOARD NOTE...} in one, {@code read BOARD} in
 * another, {@code clear BOARD} at the end. A semaphore lets one at a time post all of its notes.
 */
public final class Notes {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Notes() {}

    /**
     * Starts.
     *
     * @param args what to do, with which board, and the notes
     */
    public static void main(String[] args) throws Exception {
        IpcName name = IpcName.of(args[1]);
        switch (args[0]) {
            case "post" -> post(name, args);
            case "read" -> read(name);
            case "clear" ->
                    System.out.println(MessageQueue.remove(name) & NamedSemaphore.remove(name));
            case "provider" ->
                    System.out.println(Ipc.provider(NamedSemaphoreProvider.class).name());
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void post(IpcName name, String[] args) throws Exception {
        try (MessageQueue board = MessageQueue.createOrOpen(name, 10, 256);
                NamedSemaphore turn = NamedSemaphore.createOrOpen(name, 1)) {
            turn.acquire();
            try {
                for (int i = 2; i < args.length; i++) {
                    board.send(ByteBuffer.wrap(args[i].getBytes(StandardCharsets.UTF_8)));
                }
            } finally {
                turn.release();
            }
        }
    }

    private static void read(IpcName name) throws Exception {
        try (MessageQueue board = MessageQueue.createOrOpen(name, 10, 256)) {
            ByteBuffer note = board.tryReceive(PATIENCE).orElseThrow().payload();
            System.out.println(StandardCharsets.UTF_8.decode(note));
        }
    }
}
