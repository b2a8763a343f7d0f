// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.bytes;
import static org.ipc4j.tck.channel.Messages.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.Blocking;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The blocking operations of a channel. */
final class ChannelOperations {
    /** So long a message takes 64 bytes of the ring, of which as many as possible fill it. */
    private static final int LENGTH = 56;

    private ChannelOperations() {}

    static List<Blocking.Named> of(ChannelProvider provider) {
        return Stream.of(WaitStrategy.values())
                .flatMap(strategy -> of(provider, OPTIONS.withWaiting(strategy)))
                .toList();
    }

    private static Stream<Blocking.Named> of(ChannelProvider provider, ChannelOptions options) {
        String strategy = ", " + options.waiting();
        return Stream.of(
                new Blocking.Named(
                        "Sender.send(ByteBuffer)" + strategy,
                        name -> new Send(provider, name, options)),
                new Blocking.Named(
                        "Sender.claim(int, Duration)" + strategy,
                        name -> new Claim(provider, name, options)),
                new Blocking.Named(
                        "Receiver.receive(ByteBuffer)" + strategy,
                        name -> new Receive(provider, name, options)),
                new Blocking.Named(
                        "Receiver.await" + strategy, name -> new Await(provider, name, options)));
    }

    /** Both ends of a channel, of which each is used by one thread at a time. */
    private abstract static class Channel extends Blocking {
        final Sender sender;
        final Receiver receiver;

        Channel(ChannelProvider provider, IpcName name, ChannelOptions options)
                throws IpcException {
            sender = provider.createSender(name, options);
            receiver = provider.openReceiver(name, Access.OWNER);
        }

        @Override
        public boolean severalWaiters() {
            return false;
        }

        @Override
        public void close() {
            sender.close();
            receiver.close();
        }
    }

    /** The ring is full; the receiver handles a message. */
    private abstract static class Full extends Channel {
        Full(ChannelProvider provider, IpcName name, ChannelOptions options) throws IpcException {
            super(provider, name, options);
            assertEquals(CAPACITY / 64, Messages.fill(sender, LENGTH));
        }

        @Override
        public void unblock() throws IpcException {
            assertEquals(1, receiver.poll((memory, offset, length) -> {}, 1));
        }

        @Override
        public void closeObject() {
            sender.close();
        }
    }

    private static final class Send extends Full {
        Send(ChannelProvider provider, IpcName name, ChannelOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer message = ByteBuffer.allocate(LENGTH);
            boolean sent = sender.send(message, timeout);
            assertEquals(sent ? LENGTH : 0, message.position());
            return sent;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            sender.send(ByteBuffer.allocate(LENGTH));
        }
    }

    private static final class Claim extends Full {
        Claim(ChannelProvider provider, IpcName name, ChannelOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            long offset = sender.claim(LENGTH, timeout);
            if (offset == Sender.FULL) {
                return false;
            }
            assertTrue(offset >= 0);
            sender.commit();
            return true;
        }
    }

    /** There is no message; the sender sends one. */
    private abstract static class Empty extends Channel {
        Empty(ChannelProvider provider, IpcName name, ChannelOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public void unblock() throws IpcException {
            assertTrue(sender.trySend(bytes("hello")));
        }

        @Override
        public void closeObject() {
            receiver.close();
        }
    }

    private static final class Receive extends Empty {
        Receive(ChannelProvider provider, IpcName name, ChannelOptions options)
                throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
            int length = receiver.receive(target, timeout);
            if (length == Receiver.NONE) {
                assertEquals(0, target.position());
                return false;
            }
            check(target, length);
            return true;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocate(SIZE);
            check(target, receiver.receive(target));
        }

        private static void check(ByteBuffer target, int length) {
            assertEquals(5, length);
            assertEquals("hello", text(target.flip()));
        }
    }

    private static final class Await extends Empty {
        Await(ChannelProvider provider, IpcName name, ChannelOptions options) throws IpcException {
            super(provider, name, options);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return receiver.await(timeout);
        }

        /** To have waited for a message does not handle it. */
        @Override
        public boolean consumes() {
            return false;
        }
    }
}
