// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The channels that all this is about. */
final class Ipc4jPeer implements Peer {
    /** Of every ring here, also those of others. */
    static final int CAPACITY = 512 * 1024;

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Case what;
    private final ChannelOptions options;
    private final Content content;
    private final List<AutoCloseable> ends = new ArrayList<>();

    Ipc4jPeer(Case what, WaitStrategy waiting) {
        this.what = what;
        this.options =
                ChannelOptions.DEFAULT
                        .withCapacity(CAPACITY)
                        .withMaxMessageSize(what.length())
                        .withSenders(Math.max(1, what.writers()))
                        .withWaiting(waiting);
        this.content = new Content(what.length());
    }

    /** The name of a channel: a place is in a folder whose name nobody else has. */
    static IpcName name(Path place) {
        return IpcName.of(place.getParent().getFileName() + "-" + place.getFileName());
    }

    @Override
    public Outlet outlet(Path place, boolean create) throws IpcException {
        Sender sender = create ? Sender.create(name(place), options) : Sender.open(name(place));
        ends.add(sender);
        ByteBuffer message = buffer();
        return switch (what.way()) {
            case BATCHED -> (number, count) -> sendBatch(sender, number, count);
            case SINGLE -> (number, count) -> sendEach(sender, number, count);
            case COPIED ->
                    (number, count) -> {
                        for (int i = 0; i < count; i++) {
                            sender.send(filled(message, number + i));
                        }
                        return count;
                    };
        };
    }

    /** Asks for the memory each time: next to the claim, it is a constant for the compiler. */
    private int sendBatch(Sender sender, long number, int count) {
        int sent = 0;
        while (sent < count) {
            long offset = sender.tryClaim(what.length());
            if (offset < 0) {
                return sent; // what was staged is published then
            }
            content.write(sender.memory(), offset, number + sent);
            sender.stage();
            sent++;
        }
        sender.publish();
        return sent;
    }

    private int sendEach(Sender sender, long number, int count) {
        int sent = 0;
        while (sent < count) {
            long offset = sender.tryClaim(what.length());
            if (offset < 0) {
                return sent;
            }
            content.write(sender.memory(), offset, number + sent);
            sender.commit();
            sent++;
        }
        return sent;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(what.length()).order(ByteOrder.nativeOrder());
    }

    private ByteBuffer filled(ByteBuffer message, long number) {
        int length = what.length();
        if (length < Content.BULK) {
            for (int i = 0; i < length; i += Long.BYTES) {
                message.putLong(i, number);
            }
        } else {
            message.putLong(0, number);
            message.putLong(length - Long.BYTES, number);
        }
        return message.clear();
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) throws IpcException {
        Receiver receiver =
                create ? Receiver.create(name(place), options) : Receiver.open(name(place));
        ends.add(receiver);
        MessageHandler handler =
                (memory, offset, length) -> account.arrived(content.read(memory, offset, length));
        ByteBuffer message = buffer();
        if (what.way() == Case.Way.COPIED) {
            return () -> {
                int length = receiver.receive(message.clear());
                account.arrived(number(message, length));
                return 1;
            };
        }
        if (what.sleeps()) {
            return () -> {
                receiver.await(MOMENT);
                return receiver.poll(handler, Inlet.LIMIT);
            };
        }
        return () -> receiver.poll(handler, Inlet.LIMIT);
    }

    private long number(ByteBuffer message, int length) {
        if (length != what.length()) {
            throw new IllegalStateException("a message has " + length + " bytes");
        }
        long number = message.getLong(0);
        long different = number ^ message.getLong(length - Long.BYTES);
        if (length < Content.BULK) {
            for (int i = Long.BYTES; i < length; i += Long.BYTES) {
                different |= message.getLong(i) ^ number;
            }
        }
        return Content.same(number, different);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable end : ends) {
            end.close();
        }
    }
}
