// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.queue;

import static org.ipc4j.tck.queue.Queues.SIZE;
import static org.ipc4j.tck.queue.Queues.bytes;
import static org.ipc4j.tck.queue.Queues.next;
import static org.ipc4j.tck.queue.Queues.segment;
import static org.ipc4j.tck.queue.Queues.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.NamedObjectContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every {@link MessageQueue} is as an object: its limits, its life and its end.
 *
 * @see MessageQueueOrderContract
 * @see MessageQueueBufferContract
 */
public abstract class MessageQueueContract
        extends NamedObjectContract<MessageQueueProvider, MessageQueue> {
    /** For subclasses. */
    protected MessageQueueContract() {}

    /** {@link WaitingContract} of a queue. */
    public abstract static class Waiting extends WaitingContract<MessageQueueProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a queue.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(MessageQueueProvider provider) {
        return MessageQueueOperations.of(provider);
    }

    private Queues queues() {
        return new Queues(provider(), this::fresh, this::closing);
    }

    @Override
    protected MessageQueue create(IpcName name, Access access) throws IpcException {
        return closing(provider().create(name, MessageQueueOptions.of(2, 16).withAccess(access)));
    }

    @Override
    protected MessageQueue open(IpcName name, Access access) throws IpcException {
        return closing(provider().open(name, access));
    }

    @Override
    protected void assertOneObject(MessageQueue one, MessageQueue other) throws IpcException {
        assertTrue(one.trySend(bytes("same"), 0));
        assertEquals("same", text(other.tryReceive().orElseThrow().payload()));
    }

    @Override
    protected void assertTwoObjects(MessageQueue one, MessageQueue other) throws IpcException {
        assertTrue(one.trySend(bytes("distinct"), 0));
        assertEquals(Optional.empty(), other.tryReceive());
        assertEquals("distinct", text(one.tryReceive().orElseThrow().payload()));
    }

    /** Null options are a {@link NullPointerException}. */
    @Test
    protected void refusesNullOptions() {
        assertThrows(NullPointerException.class, () -> provider().create(fresh(), null));
    }

    /**
     * A queue has exactly the limits it was created with, told by every handle.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsItsLimits() throws Exception {
        for (int[] limits : new int[][] {{1, 1}, {3, 100}, {10, 8192}, {7, 13}}) {
            MessageQueue queue = queues().create(limits[0], limits[1]);
            for (MessageQueue handle : List.of(queue, queues().open(queue))) {
                assertEquals(limits[0], handle.capacity());
                assertEquals(limits[1], handle.maxMessageSize());
                assertTrue(handle.maxPriority() >= MessageQueue.MAX_PORTABLE_PRIORITY);
            }
            queue.close();
            assertEquals(limits[0], queue.capacity());
            assertEquals(limits[1], queue.maxMessageSize());
            provider().remove(queue.name());
        }
    }

    /**
     * A queue holds as many messages as its capacity says, of the full size each, and no more.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void isBounded() throws Exception {
        for (int capacity : new int[] {1, 2, 10}) {
            MessageQueue queue = queues().create(capacity, SIZE);
            MessageQueue other = queues().open(queue);
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, other.messageCount());
                assertTrue(queue.trySend(ByteBuffer.allocate(SIZE), i));
            }
            assertEquals(capacity, queue.messageCount());
            ByteBuffer message = bytes("too many");
            assertFalse(other.trySend(message, 31));
            assertEquals(0, message.position());
            assertFalse(queue.trySend(segment("too many"), 31));
            assertFalse(queue.trySend(bytes(""), 0), "an empty message needs its place too");
            assertEquals(capacity, other.messageCount());
            assertTrue(other.tryReceive().isPresent());
            assertEquals(capacity - 1, queue.messageCount());
            assertTrue(queue.trySend(bytes("one more"), 0));
            assertFalse(queue.trySend(bytes("too many"), 0));
        }
    }

    /**
     * The blocking forms do not block when they need not.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void blockingFormsWorkAtOnce() throws Exception {
        MessageQueue queue = queues().create();
        queue.send(bytes("zero"));
        queue.send(bytes("one"), 1);
        queue.send(segment("two"), 2);
        MemorySegment segment = MemorySegment.ofArray(new byte[SIZE]);
        assertEquals(MessageQueue.receipt(3, 2), queue.receive(segment));
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        assertEquals(1, queue.receive(buffer));
        assertEquals("one", text(buffer.flip()));
        assertEquals("zero", text(queue.receive().payload()));
    }

    /**
     * With {@link Capability#OUTLIVES_CREATOR} the messages stay when every handle is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesStayAfterClose() throws Exception {
        require(Capability.OUTLIVES_CREATOR);
        MessageQueue queue = queues().create();
        queue.trySend(bytes("low"), 1);
        queue.trySend(bytes("high"), 2);
        queue.close();
        MessageQueue later = queues().open(queue);
        assertEquals(2, later.messageCount());
        assertEquals("2 high", next(later));
        assertEquals("1 low", next(later));
    }

    /**
     * Every method that uses a closed queue is an {@link IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesUseAfterClose() throws Exception {
        MessageQueue queue = queues().create();
        queue.trySend(bytes("x"), 0);
        queue.close();
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        MemorySegment segment = MemorySegment.ofArray(new byte[SIZE]);
        Duration second = Duration.ofSeconds(1);
        for (Executable call :
                List.<Executable>of(
                        () -> queue.send(buffer),
                        () -> queue.send(buffer, 1),
                        () -> queue.trySend(buffer, 1),
                        () -> queue.trySend(buffer, 1, second),
                        () -> queue.send(segment, 1),
                        () -> queue.trySend(segment, 1),
                        () -> queue.trySend(segment, 1, second),
                        queue::receive,
                        queue::tryReceive,
                        () -> queue.tryReceive(second),
                        () -> queue.receive(buffer),
                        () -> queue.tryReceive(buffer),
                        () -> queue.tryReceive(buffer, second),
                        () -> queue.receive(segment),
                        () -> queue.tryReceive(segment),
                        () -> queue.tryReceive(segment, second),
                        queue::messageCount)) {
            assertThrows(IllegalStateException.class, call);
        }
        assertEquals(0, buffer.position());
    }

    /**
     * A queue that is closed while others use it gives them {@link IllegalStateException} or {@link
     * IpcClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 30; round++) {
            MessageQueue queue = queues().create();
            List<Task<Void>> users = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        queue.trySend(bytes("x"), 0);
                                        queue.tryReceive(Duration.ofNanos(100_000));
                                        queue.tryReceive();
                                    }
                                }));
            }
            Thread.sleep(2);
            queue.close();
            provider().remove(queue.name());
            for (Task<Void> user : users) {
                Exception e = user.failure(Exception.class);
                assertTrue(
                        e instanceof IllegalStateException || e instanceof IpcClosedException,
                        e::toString);
            }
        }
    }

    /**
     * More than the system has is a {@link ResourceLimitException}, and nothing is left under the
     * name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMoreThanThereIs() throws Exception {
        IpcName name = fresh();
        MessageQueueOptions options = MessageQueueOptions.of(Integer.MAX_VALUE, Integer.MAX_VALUE);
        ResourceLimitException e =
                assertThrows(ResourceLimitException.class, () -> provider().create(name, options));
        assertTrue(e.getMessage().contains(name.value()), e::getMessage);
        assertEquals(Optional.empty(), provider().find(name));
        create(name, Access.OWNER);
    }
}
