// SPDX-License-Identifier: Apache-2.0

package com.example.numbers;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;

import java.lang.foreign.MemorySegment;

/**
 * {@code send|receive CHANNEL COUNT segment|buffer}: streams the numbers from 1 to COUNT through a
 * channel of ipc4j, idling as Agrona does, and prints their sum.
 */
public final class Stream {
    private static final int AT_ONCE = 64;

    private final IdleStrategy idle = new BackoffIdleStrategy();
    private final String how;
    private Numbers numbers;
    private long last;
    private long sum;

    private Stream(String how) {
        this.how = how;
    }

    /**
     * Starts.
     *
     * @param args as above
     */
    public static void main(String[] args) throws IpcException {
        IpcName name = IpcName.of(args[1]);
        long count = Long.parseLong(args[2]);
        Stream stream = new Stream(args[3]);
        switch (args[0]) {
            case "send" -> stream.send(name, count);
            case "receive" -> stream.receive(name, count);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println(stream.sum);
    }

    private void send(IpcName name, long count) throws IpcException {
        try (Sender sender = Sender.createOrOpen(name, ChannelOptions.DEFAULT)) {
            numbers = Numbers.of(how, sender.memory());
            for (long number = 1; number <= count; number++) {
                long offset = sender.tryClaim(Long.BYTES);
                while (offset == Sender.FULL) {
                    idle.idle();
                    offset = sender.tryClaim(Long.BYTES);
                }
                if (offset == Sender.RECEIVER_GONE) {
                    throw new IllegalStateException("gone before " + number);
                }
                idle.reset();
                numbers.put(offset, number);
                sender.commit();
                sum += number;
            }
        }
    }

    private void receive(IpcName name, long count) throws IpcException {
        try (Receiver receiver = Receiver.createOrOpen(name, ChannelOptions.DEFAULT)) {
            while (last < count) {
                idle.idle(receiver.poll(this::onNumber, AT_ONCE));
            }
        } finally {
            Channel.remove(name);
        }
    }

    /** The memory is the same for every message. */
    private void onNumber(MemorySegment memory, long offset, int length) {
        if (numbers == null) {
            numbers = Numbers.of(how, memory);
        }
        long number = numbers.get(offset);
        if (length != Long.BYTES || number != last + 1) {
            throw new IllegalStateException(number + " comes after " + last);
        }
        last = number;
        sum += number;
    }
}
