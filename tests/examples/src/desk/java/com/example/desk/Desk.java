// SPDX-License-Identifier: Apache-2.0

package com.example.desk;

import com.example.feed.Tick;
import com.example.feed.Turnover;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;

import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** {@code desk CHANNEL}: follows the feed until it has closed, and prints what was traded. */
public final class Desk {
    private static final int AT_ONCE = 256;
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Receiver receiver;
    private final Turnover turnover = new Turnover();
    private long last;

    private Desk(Receiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Starts.
     *
     * @param args the channel's name
     */
    public static void main(String[] args) throws Exception {
        IpcName name = IpcName.of(args[0]);
        try (Receiver receiver = Receiver.createOrOpen(name, ChannelOptions.DEFAULT)) {
            Desk desk = new Desk(receiver);
            desk.follow();
            System.out.println(desk.turnover);
        } finally {
            Channel.remove(name);
        }
    }

    private void follow() throws IpcException, InterruptedException {
        boolean closed = false;
        while (receiver.poll(this::onTick, AT_ONCE) > 0 || !closed) {
            // whoever has left had sent all of it before, so one more look finds the rest
            closed = !receiver.await(GLANCE) && feed() == Presence.CLOSED;
        }
    }

    private Presence feed() throws IpcException {
        Presence feed = receiver.sender(0);
        if (feed == Presence.DIED) {
            throw new IllegalStateException("the feed has died after tick " + last);
        }
        return feed;
    }

    private void onTick(MemorySegment memory, long offset, int length) {
        long number = Tick.number(memory, offset);
        if (length != Tick.BYTES || number != last + 1) {
            throw new IllegalStateException("tick " + number + " comes after " + last);
        }
        last = number;
        turnover.add(
                Tick.instrument(memory, offset),
                Tick.price(memory, offset),
                Tick.quantity(memory, offset));
    }
}
