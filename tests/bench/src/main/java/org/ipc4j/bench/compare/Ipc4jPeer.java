// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The channels that all this is about; and the topics, where messages are published. */
final class Ipc4jPeer implements Peer {
    /** Of every ring here, also Agrona's and those in C. */
    static final int CAPACITY = 512 * 1024;

    /** As far as a writer may be ahead in Aeron, unless it is told otherwise. */
    static final int LARGE = 32 * 1024 * 1024;

    private static final Duration MOMENT = Duration.ofMillis(100);

    /** So often, an end falls asleep before it is measured. */
    private static final int NAPS = 10_000;

    private static final Duration NAP = Duration.ofNanos(50_000);

    private final Case what;
    private final ChannelOptions options;
    private final TopicOptions topicOptions;
    private final Content content;
    private final BufferContent copies;
    private final List<AutoCloseable> ends = new ArrayList<>();
    private final List<IpcName> created = new ArrayList<>();

    Ipc4jPeer(Case what, WaitStrategy waiting, int capacity) {
        this.what = what;
        this.options =
                ChannelOptions.DEFAULT
                        .withCapacity(capacity)
                        .withMaxMessageSize(what.length())
                        .withSenders(what.writers())
                        .withWaiting(waiting);
        this.topicOptions =
                TopicOptions.DEFAULT
                        .withCapacity(capacity)
                        .withMaxMessageSize(what.length())
                        .withSubscribers(what.parties())
                        .withWaiting(waiting);
        this.content = new Content(what.length());
        this.copies = new BufferContent(what.length());
    }

    /** The name of a channel: a place is in a folder whose name nobody else has. */
    static IpcName name(Path place) {
        return IpcName.of(place.getParent().getFileName() + "-" + place.getFileName());
    }

    /** Deletes what there may be of a name. */
    static void remove(IpcName name) throws IpcException {
        Channel.remove(name);
        Topic.remove(name);
    }

    private MessageSink sink(IpcName name, boolean create) throws IpcException {
        if (what.kind() == Case.Kind.PUBLISH) {
            return create ? Publisher.create(name, topicOptions) : Publisher.open(name);
        }
        return create ? Sender.create(name, options) : Sender.open(name);
    }

    private MessageSource source(IpcName name, boolean create) throws IpcException {
        if (what.kind() == Case.Kind.PUBLISH) {
            return create ? Subscriber.create(name, topicOptions) : Subscriber.open(name);
        }
        return create ? Receiver.create(name, options) : Receiver.open(name);
    }

    @Override
    public Outlet outlet(Path place, boolean create) throws IpcException {
        MessageSink sink = opened(sink(name(place), create), create);
        ByteBuffer message = copies.buffer(1);
        return switch (what.way()) {
            case BATCHED -> (number, count) -> sendBatch(sink, number, count);
            case SINGLE -> (number, count) -> sendEach(sink, number, count);
            case COPIED ->
                    (number, count) -> {
                        for (int i = 0; i < count; i++) {
                            sink.send(copies.fill(message, number + i));
                        }
                        return count;
                    };
        };
    }

    /** Asks for the memory each time: next to the claim, it is a constant for the compiler. */
    private int sendBatch(MessageSink sink, long number, int count) {
        int sent = 0;
        while (sent < count) {
            long offset = sink.tryClaim(what.length());
            if (offset < 0) {
                return sent; // what was staged is published then
            }
            content.write(sink.memory(), offset, number + sent);
            sink.stage();
            sent++;
        }
        sink.publish();
        return sent;
    }

    private int sendEach(MessageSink sink, long number, int count) {
        int sent = 0;
        while (sent < count) {
            long offset = sink.tryClaim(what.length());
            if (offset < 0) {
                return sent;
            }
            content.write(sink.memory(), offset, number + sent);
            sink.commit();
            sent++;
        }
        return sent;
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) throws IpcException {
        MessageSource source = opened(source(name(place), create), create);
        MessageHandler handler =
                (memory, offset, length) -> account.arrived(content.read(memory, offset, length));
        ByteBuffer message = copies.buffer(1);
        if (what.way() == Case.Way.COPIED) {
            return () -> {
                int length = source.receive(message.clear());
                account.arrived(copies.read(message, 0, length));
                return 1;
            };
        }
        if (what.kind() == Case.Kind.IDLE) {
            nap(source);
        }
        if (what.sleeps()) {
            return () -> {
                source.await(MOMENT);
                return source.poll(handler, Inlet.LIMIT);
            };
        }
        return () -> source.poll(handler, Inlet.LIMIT);
    }

    /**
     * What sleeps twenty times in a second takes minutes to be compiled, of which nothing would be
     * known but that it was being compiled.
     */
    private static void nap(MessageSource source) throws IpcException {
        try {
            for (int i = 0; i < NAPS; i++) {
                source.await(NAP);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T extends NamedObject & AutoCloseable> T opened(T end, boolean create) {
        ends.add(end);
        if (create) {
            created.add(end.name());
        }
        return end;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable end : ends) {
            end.close();
        }
        for (IpcName name : created) {
            remove(name);
        }
    }
}
