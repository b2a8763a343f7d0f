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
    private final BufferContent copies;
    private final List<AutoCloseable> ends = new ArrayList<>();
    private final List<IpcName> created = new ArrayList<>();

    Ipc4jPeer(Case what, WaitStrategy waiting) {
        this.what = what;
        this.options =
                ChannelOptions.DEFAULT
                        .withCapacity(CAPACITY)
                        .withMaxMessageSize(what.length())
                        .withSenders(what.writers())
                        .withWaiting(waiting);
        this.content = new Content(what.length());
        this.copies = new BufferContent(what.length());
    }

    /** The name of a channel: a place is in a folder whose name nobody else has. */
    static IpcName name(Path place) {
        return IpcName.of(place.getParent().getFileName() + "-" + place.getFileName());
    }

    @Override
    public Outlet outlet(Path place, boolean create) throws IpcException {
        IpcName name = name(place);
        Sender sender = create ? Sender.create(name, options) : Sender.open(name);
        opened(sender, name, create);
        ByteBuffer message = copies.buffer(1);
        return switch (what.way()) {
            case BATCHED -> (number, count) -> sendBatch(sender, number, count);
            case SINGLE -> (number, count) -> sendEach(sender, number, count);
            case COPIED ->
                    (number, count) -> {
                        for (int i = 0; i < count; i++) {
                            sender.send(copies.fill(message, number + i));
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

    @Override
    public Inlet inlet(Path place, boolean create, Account account) throws IpcException {
        IpcName name = name(place);
        Receiver receiver = create ? Receiver.create(name, options) : Receiver.open(name);
        opened(receiver, name, create);
        MessageHandler handler =
                (memory, offset, length) -> account.arrived(content.read(memory, offset, length));
        ByteBuffer message = copies.buffer(1);
        if (what.way() == Case.Way.COPIED) {
            return () -> {
                int length = receiver.receive(message.clear());
                account.arrived(copies.read(message, 0, length));
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

    private void opened(AutoCloseable end, IpcName name, boolean create) {
        ends.add(end);
        if (create) {
            created.add(name);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable end : ends) {
            end.close();
        }
        for (IpcName name : created) {
            Receiver.remove(name);
        }
    }
}
