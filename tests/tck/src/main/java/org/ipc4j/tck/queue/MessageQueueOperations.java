// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.queue;

import static org.ipc4j.tck.queue.Queues.CAPACITY;
import static org.ipc4j.tck.queue.Queues.SIZE;
import static org.ipc4j.tck.queue.Queues.bytes;
import static org.ipc4j.tck.queue.Queues.segment;
import static org.ipc4j.tck.queue.Queues.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.Blocking;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The blocking operations of a queue. */
final class MessageQueueOperations {
    private MessageQueueOperations() {}

    static List<Blocking.Named> of(MessageQueueProvider provider) {
        return List.of(
                new Blocking.Named(
                        "MessageQueue.send(ByteBuffer)", name -> new SendBuffer(provider, name)),
                new Blocking.Named(
                        "MessageQueue.send(MemorySegment)",
                        name -> new SendSegment(provider, name)),
                new Blocking.Named(
                        "MessageQueue.receive()", name -> new ReceiveMessage(provider, name)),
                new Blocking.Named(
                        "MessageQueue.receive(ByteBuffer)",
                        name -> new ReceiveBuffer(provider, name)),
                new Blocking.Named(
                        "MessageQueue.receive(MemorySegment)",
                        name -> new ReceiveSegment(provider, name)));
    }

    /** A queue and a peer's handle of it. */
    private abstract static class Queue extends Blocking {
        final MessageQueue mine;
        final MessageQueue peer;

        Queue(MessageQueueProvider provider, IpcName name) throws IpcException {
            mine = provider.create(name, MessageQueueOptions.of(CAPACITY, SIZE));
            peer = provider.open(name, Access.OWNER);
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() {
            mine.close();
            peer.close();
        }
    }

    /** A full queue, whose peer takes a message out. */
    private abstract static class Full extends Queue {
        Full(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
            while (peer.trySend(bytes("full"), 0)) {}
        }

        @Override
        public void unblock() throws IpcException {
            assertTrue(peer.tryReceive().isPresent());
        }
    }

    private static final class SendBuffer extends Full {
        SendBuffer(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer message = bytes("buffer");
            boolean sent = mine.trySend(message, 1, timeout);
            assertEquals(sent ? 6 : 0, message.position());
            return sent;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            mine.send(bytes("buffer"));
        }
    }

    private static final class SendSegment extends Full {
        SendSegment(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return mine.trySend(segment("segment"), 1, timeout);
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            mine.send(segment("segment"), 1);
        }
    }

    /** An empty queue, to which a peer sends. */
    private abstract static class Empty extends Queue {
        Empty(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public void unblock() throws IpcException {
            assertTrue(peer.trySend(bytes("hello"), 3));
        }
    }

    private static final class ReceiveMessage extends Empty {
        ReceiveMessage(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<Message> message = mine.tryReceive(timeout);
            message.ifPresent(this::check);
            return message.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            check(mine.receive());
        }

        private void check(Message message) {
            assertEquals("hello", text(message.payload()));
            assertEquals(3, message.priority());
        }
    }

    private static final class ReceiveBuffer extends Empty {
        ReceiveBuffer(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
            int priority = mine.tryReceive(target, timeout);
            if (priority == MessageQueue.NONE) {
                assertEquals(0, target.position());
                return false;
            }
            check(target, priority);
            return true;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
            check(target, mine.receive(target));
        }

        private static void check(ByteBuffer target, int priority) {
            assertEquals("hello", text(target.flip()));
            assertEquals(3, priority);
        }
    }

    private static final class ReceiveSegment extends Empty {
        ReceiveSegment(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            MemorySegment target = Arena.ofAuto().allocate(SIZE);
            long receipt = mine.tryReceive(target, timeout);
            if (receipt == MessageQueue.NONE) {
                return false;
            }
            assertEquals(MessageQueue.receipt(5, 3), receipt);
            return true;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            assertEquals(MessageQueue.receipt(5, 3), mine.receive(Arena.ofAuto().allocate(SIZE)));
        }
    }
}
