// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;

import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A channel with all its ends in this process. It serves one state of a test after the other, since
 * there are millions of those.
 */
final class Ends {
    /** How many bytes a ring has. */
    static final int CAPACITY = 4096;

    /** The payload of a message of which four fill a ring. */
    static final int QUARTER = CAPACITY / 4 - 8;

    /** The payload of a message that is written in several steps. */
    static final int WORDS = 64;

    /** The payload of a message that finds room where there is not much. */
    static final int SHORT = 16;

    private static final int SENDERS = 2;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ConcurrentLinkedQueue<Ends> POOL = new ConcurrentLinkedQueue<>();

    private final IpcName name =
            IpcName.of(
                    System.getProperty("ipc.stress.names", "ipc4j-stress")
                            + "-"
                            + ProcessHandle.current().pid()
                            + "-"
                            + COUNT.incrementAndGet());
    private Sender first;
    private Sender second;
    private Receiver receiver;

    /** The first channel of a process has classes of its own for its ends, others do without. */
    private Ends() {
        System.setProperty(
                "org.ipc4j.channel.special", Boolean.toString(name.value().endsWith("-1")));
        try {
            first =
                    Sender.create(
                            name,
                            ChannelOptions.DEFAULT
                                    .withCapacity(CAPACITY)
                                    .withMaxMessageSize(CAPACITY / 4)
                                    .withSenders(SENDERS)
                                    .withWaiting(WaitStrategy.BLOCK));
            second = Sender.open(name);
            receiver = Receiver.open(name);
            Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        try {
            Channel.remove(name);
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an empty channel. */
    static Ends take() {
        Ends free = POOL.poll();
        return free != null ? free : new Ends();
    }

    /** Returns an empty channel whose first ring is at a place: the next message begins there. */
    static Ends takeAt(int index) {
        Ends ends = take();
        ends.moveTo(index);
        return ends;
    }

    /** Returns a channel whose first ring is full of the messages 1 to 4. */
    static Ends takeFull() {
        Ends ends = takeAt(CAPACITY / 2);
        for (int digit = 1; digit <= 4; digit++) {
            if (!ends.send(QUARTER, digit)) {
                throw new IllegalStateException("four quarters are no more than the whole");
            }
        }
        return ends;
    }

    private void moveTo(int index) {
        int at = nextIndex();
        while (at != index) {
            int end = index > at ? index : CAPACITY;
            int step = Math.min(end - at, CAPACITY / 4);
            send(step - 8, 0);
            receive(1);
            at = at + step & CAPACITY - 1;
        }
    }

    /** Where the next message of the first ring begins. */
    private int nextIndex() {
        send(0, 0);
        receive(1);
        return (int) (first.position() + 8 & CAPACITY - 1);
    }

    /** Gives it back for the next state. Returns what is still in it. */
    String drain() {
        StringBuilder rest = new StringBuilder();
        // one call need not see what came after the one before it had looked
        for (String some = receive(9); !some.equals("-"); some = receive(9)) {
            rest.append(some);
        }
        POOL.add(this);
        return rest.isEmpty() ? "-" : rest.toString();
    }

    Sender first() {
        return first;
    }

    boolean send(int length, int digit) {
        return send(first, length, digit);
    }

    boolean sendBySecond(int length, int digit) {
        return send(second, length, digit);
    }

    private static boolean send(Sender sender, int length, int digit) {
        if (!claim(sender, length, digit)) {
            return false;
        }
        sender.commit();
        return true;
    }

    void stage(int length, int digit) {
        claim(length, digit);
        first.stage();
    }

    /** Writes a message that is not sent yet. */
    void claim(int length, int digit) {
        claim(first, length, digit);
    }

    private static boolean claim(Sender sender, int length, int digit) {
        long offset = sender.tryClaim(length);
        if (offset >= 0) {
            Numbered.write(sender.memory(), offset, length, digit);
        }
        return offset >= 0;
    }

    /** Returns the messages that are there, a dash if none. */
    String receive(int limit) {
        StringBuilder digits = new StringBuilder();
        try {
            receiver.poll(
                    (memory, offset, length) ->
                            digits.append(
                                    length == 0 ? '0' : Numbered.read(memory, offset, length)),
                    limit);
        } catch (IpcException e) {
            return e.toString();
        }
        return digits.isEmpty() ? "-" : digits.toString();
    }

    /** Gives the first ring to another sender. */
    void replaceSender() {
        try {
            first.close();
            first = Sender.open(name);
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has another receiver. */
    void replaceReceiver() {
        try {
            receiver.close();
            receiver = Receiver.open(name);
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }
}
