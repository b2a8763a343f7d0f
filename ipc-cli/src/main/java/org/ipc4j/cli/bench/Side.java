// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.peer.Patience;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * One process's ends of the two channels.
 *
 * <p>A message has 64 bytes, written and read in place: what it is for, its number, and the number
 * six times again, which its receiver compares.
 */
final class Side implements AutoCloseable {
    static final int SIZE = 64;

    /** Please answer with the same. */
    static final long PING = 1;

    /** One of many, numbered from 0. */
    static final long DATA = 2;

    /** The end of the many; its number tells how many, in the answer as well. */
    static final long END = 3;

    private static final long NUMBER = Long.BYTES;
    private static final int BATCH = 256;

    /** About as many as the time in which it is worth looking whether the other still lives. */
    private static final int SPINS = 1 << 20;

    private static final int SPINS_FOR_ROOM = 1 << 8;

    private final Sender sender;
    private final Receiver receiver;
    private final boolean spins;
    private final Patience patience;

    Side(Sender sender, Receiver receiver, WaitStrategy waiting, Patience patience) {
        this.sender = sender;
        this.receiver = receiver;
        this.spins = waiting == WaitStrategy.SPIN;
        this.patience = patience;
    }

    static long kind(MemorySegment memory, long offset) {
        return memory.get(JAVA_LONG_UNALIGNED, offset);
    }

    /** Reads a message's number, and makes sure that all of the message is there. */
    static long number(MemorySegment memory, long offset, int length) {
        long number = memory.get(JAVA_LONG_UNALIGNED, offset + NUMBER);
        long differences = length ^ SIZE;
        for (long i = 2 * NUMBER; i < SIZE; i += Long.BYTES) {
            differences |= memory.get(JAVA_LONG_UNALIGNED, offset + i) ^ number;
        }
        if (differences != 0) {
            throw new IllegalStateException("message " + number + " is torn");
        }
        return number;
    }

    /** Sends a message, and what was staged before. */
    void send(long kind, long number) throws CommandFailure {
        write(kind, number);
        sender.commit();
    }

    /** Sends a message together with the next that is sent. */
    void stage(long kind, long number) throws CommandFailure {
        write(kind, number);
        sender.stage();
    }

    private void write(long kind, long number) throws CommandFailure {
        long offset = sender.tryClaim(SIZE);
        for (int i = 0; offset < 0; i++) {
            if (offset == Sender.RECEIVER_GONE) {
                throw new CommandFailure(ExitStatus.PEER_CLOSED, "the other process has left");
            }
            if (i < SPINS_FOR_ROOM) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            offset = sender.tryClaim(SIZE);
        }
        MemorySegment memory = sender.memory();
        memory.set(JAVA_LONG_UNALIGNED, offset, kind);
        for (long i = NUMBER; i < SIZE; i += Long.BYTES) {
            memory.set(JAVA_LONG_UNALIGNED, offset + i, number);
        }
    }

    /**
     * Handles messages as soon as there are some: spins for them, or sleeps, as the channel does.
     */
    void receive(MessageHandler handler) throws IOException, InterruptedException, CommandFailure {
        int count = receiver.poll(handler, BATCH);
        for (int i = 0; count == 0; i++) {
            if (spins && i < SPINS) {
                Thread.onSpinWait();
            } else {
                patience.until(receiver::await);
            }
            count = receiver.poll(handler, BATCH);
        }
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
