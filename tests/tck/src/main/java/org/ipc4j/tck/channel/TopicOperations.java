// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.bytes;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.Blocking;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The blocking operations of a topic. */
final class TopicOperations {
    /** So many messages of {@link #LENGTH} bytes are an eighth of the ring. */
    private static final int EIGHTH = CAPACITY / 64 / 8;

    private static final int LENGTH = 64 - Topics.OVERHEAD;

    private TopicOperations() {}

    static List<Blocking.Named> of(TopicProvider provider) {
        return Stream.of(WaitStrategy.values())
                .flatMap(strategy -> {
                    TopicOptions options = Topics.OPTIONS.withWaiting(strategy);
                    return Stream.concat(
                            sending(provider, options),
                            Stream.of(SlowSubscriber.WAIT, SlowSubscriber.OVERWRITE)
                                    .map(options::withSlow)
                                    .flatMap(each -> receiving(provider, each)));
                })
                .toList();
    }

    private static Stream<Blocking.Named> sending(TopicProvider provider, TopicOptions options) {
        String strategy = ", " + options.waiting();
        return Stream.of(
                new Blocking.Named(
                        "Publisher.send(ByteBuffer)" + strategy,
                        name -> new Send(provider, name, options)),
                new Blocking.Named(
                        "Publisher.claim(int, Duration)" + strategy,
                        name -> new Claim(provider, name, options)));
    }

    private static Stream<Blocking.Named> receiving(TopicProvider provider, TopicOptions options) {
        String strategy = ", " + options.waiting() + ", " + options.slow();
        return Stream.of(
                new Blocking.Named(
                        "Subscriber.receive(ByteBuffer)" + strategy,
                        name -> new Receive(provider, name, options)),
                new Blocking.Named(
                        "Subscriber.await" + strategy, name -> new Await(provider, name, options)));
    }

    /** Two ends of a topic, of which each is used by one thread at a time. */
    private abstract static class Topic extends Blocking {
        final Publisher publisher;
        final Subscriber subscriber;

        Topic(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            publisher = provider.createPublisher(name, options);
            subscriber = provider.openSubscriber(name, Access.OWNER);
        }

        @Override
        public boolean severalWaiters() {
            return false;
        }

        @Override
        public void close() {
            publisher.close();
            subscriber.close();
        }
    }

    /** The ring is full; the subscriber handles enough for one message more, or several. */
    private abstract static class Full extends Topic {
        Full(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            super(provider, name, options);
            assertEquals(8 * EIGHTH, fill(publisher, LENGTH));
        }

        /** Fills the room again that is left, which is given back by the eighth. */
        final void sent() throws IpcException {
            fill(publisher, LENGTH);
        }

        @Override
        public void unblock() throws IpcException {
            assertEquals(EIGHTH, subscriber.poll((memory, offset, length) -> {}, EIGHTH));
        }

        @Override
        public void closeObject() {
            publisher.close();
        }
    }

    private static final class Send extends Full {
        Send(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer message = ByteBuffer.allocate(LENGTH);
            boolean sent = publisher.send(message, timeout);
            assertEquals(sent ? LENGTH : 0, message.position());
            if (sent) {
                sent();
            }
            return sent;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            publisher.send(ByteBuffer.allocate(LENGTH));
            sent();
        }
    }

    private static final class Claim extends Full {
        Claim(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            long offset = publisher.claim(LENGTH, timeout);
            if (offset == MessageSink.FULL) {
                return false;
            }
            assertTrue(offset >= 0);
            publisher.commit();
            sent();
            return true;
        }
    }

    /** There is no message; the publisher sends one. */
    private abstract static class Empty extends Topic {
        Empty(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public void unblock() throws IpcException {
            assertTrue(publisher.trySend(bytes("hello")));
        }

        @Override
        public void closeObject() {
            subscriber.close();
        }
    }

    private static final class Receive extends Empty {
        Receive(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
            int length = subscriber.receive(target, timeout);
            if (length == MessageSource.NONE) {
                assertEquals(0, target.position());
                return false;
            }
            check(target, length);
            return true;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocate(SIZE);
            check(target, subscriber.receive(target));
        }

        private static void check(ByteBuffer target, int length) {
            assertEquals(5, length);
            assertEquals("hello", text(target.flip()));
        }
    }

    private static final class Await extends Empty {
        Await(TopicProvider provider, IpcName name, TopicOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return subscriber.await(timeout);
        }

        /** To have waited for a message does not handle it. */
        @Override
        public boolean consumes() {
            return false;
        }
    }
}
