// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.queue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.Wait;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A bounded queue of messages that processes share by name.
 *
 * <p>Messages keep their boundaries. The message of the highest priority is received first; among
 * equals, the one that was sent first. Priorities 0 to {@value #MAX_PORTABLE_PRIORITY} work
 * everywhere, {@link #maxPriority()} tells whether there are more. A message is delivered once, to
 * one receiver; one whose sender has died before {@code send} returned is there either whole or not
 * at all.
 *
 * <p>There are two ways to receive. The convenient one returns a {@link Message} in memory of its
 * own. The one that allocates nothing fills a {@link ByteBuffer} or a {@link MemorySegment}, heap
 * or native, of at least {@link #maxMessageSize()} bytes; a smaller one is refused before anything
 * is taken from the queue.
 *
 * <pre>{@code
 * ByteBuffer buffer = ByteBuffer.allocateDirect(queue.maxMessageSize());
 * int priority = queue.receive(buffer);
 * buffer.flip(); // the message is between position and limit
 * }</pre>
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">lifetime</th><th scope="col">limits</th><th scope="col">priorities</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code mq_open(3)}</td><td>{@code /name}</td><td>until removed or
 *     restart</td><td>{@code /proc/sys/fs/mqueue}, {@code RLIMIT_MSGQUEUE}</td><td>0 to 32767</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>records in {@link org.ipc4j.memory.SharedMemory}</td><td>that of the
 *     memory</td><td>that of the memory</td><td>those of the memory</td><td>0 to 31</td></tr>
 * </tbody>
 * </table>
 */
public interface MessageQueue extends NamedObject, AutoCloseable {
    /** The highest priority that every provider has. */
    int MAX_PORTABLE_PRIORITY = 31;

    /**
     * What the methods that receive into memory of the caller return when there was no message in
     * time.
     */
    int NONE = -1;

    /**
     * Creates a queue for the current user.
     *
     * @param name its name
     * @param capacity how many messages it holds, at least 1
     * @param maxMessageSize how many bytes a message has at most, at least 1
     * @return the queue
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws org.ipc4j.ResourceLimitException if the system allows no queue of that size, or no
     *     further one
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code capacity} or {@code maxMessageSize} is less than 1
     */
    static MessageQueue create(IpcName name, int capacity, int maxMessageSize) throws IpcException {
        return create(name, MessageQueueOptions.of(capacity, maxMessageSize));
    }

    /**
     * Creates a queue.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the queue
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws org.ipc4j.ResourceLimitException if the system allows no queue of that size, or no
     *     further one
     * @throws IpcException if the system refuses
     */
    static MessageQueue create(IpcName name, MessageQueueOptions options) throws IpcException {
        return OneName.of(MessageQueueProvider.class, name)
                .create(provider -> provider.create(name, options));
    }

    /**
     * Opens a queue of the current user.
     *
     * @param name its name
     * @return the queue
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's
     * @throws IpcException if the system refuses
     */
    static MessageQueue open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens a queue.
     *
     * @param name its name
     * @param access whose queue is accepted
     * @return the queue
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws IpcException if the system refuses
     */
    static MessageQueue open(IpcName name, Access access) throws IpcException {
        return OneName.of(MessageQueueProvider.class, name)
                .open(provider -> provider.open(name, access));
    }

    /**
     * Opens a queue of the current user, or creates it.
     *
     * @param name its name
     * @param capacity how many messages it holds if it is created, at least 1
     * @param maxMessageSize how many bytes a message has at most if it is created, at least 1
     * @return the queue, which has the limits that it was created with
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code capacity} or {@code maxMessageSize} is less than 1
     */
    static MessageQueue createOrOpen(IpcName name, int capacity, int maxMessageSize)
            throws IpcException {
        return createOrOpen(name, MessageQueueOptions.of(capacity, maxMessageSize));
    }

    /**
     * Opens a queue, or creates it.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose queue is
     *     accepted
     * @return the queue, which has the limits that it was created with
     * @throws IpcException if the system refuses
     */
    static MessageQueue createOrOpen(IpcName name, MessageQueueOptions options)
            throws IpcException {
        return OneName.of(MessageQueueProvider.class, name)
                .createOrOpen(
                        provider -> provider.open(name, options.access()),
                        provider -> provider.create(name, options));
    }

    /**
     * Deletes a name. Who has the queue open keeps it.
     *
     * @param name the name
     * @return {@code false} if there was no such name
     * @throws IpcException if the system refuses
     */
    static boolean remove(IpcName name) throws IpcException {
        return OneName.of(MessageQueueProvider.class, name).remove();
    }

    /**
     * Returns how many bytes a message has at most.
     *
     * @return the limit that the queue was created with
     */
    int maxMessageSize();

    /**
     * Returns how many messages the queue holds.
     *
     * @return the limit that the queue was created with
     */
    int capacity();

    /**
     * Returns how many messages are in the queue. Another process may change that at once.
     *
     * @return the number, 0 to {@link #capacity()}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this queue is closed
     */
    int messageCount() throws IpcException;

    /**
     * Returns the highest priority that a message can have here.
     *
     * @return at least {@value #MAX_PORTABLE_PRIORITY}
     */
    int maxPriority();

    /**
     * Sends a message of priority 0, waiting until there is room.
     *
     * @param message the message, from position to limit; its position is moved to its limit when
     *     it is sent
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     * @throws IllegalStateException if this queue is closed
     */
    default void send(ByteBuffer message) throws IpcException, InterruptedException {
        send(message, 0);
    }

    /**
     * Sends a message, waiting until there is room.
     *
     * @param message the message, from position to limit; its position is moved to its limit when
     *     it is sent
     * @param priority 0 to {@link #maxPriority()}; higher is received first
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     *     or there is no such priority
     * @throws IllegalStateException if this queue is closed
     */
    default void send(ByteBuffer message, int priority) throws IpcException, InterruptedException {
        trySend(message, priority, Wait.FOREVER);
    }

    /**
     * Sends a message if there is room now.
     *
     * @param message the message, from position to limit; its position is moved to its limit when
     *     it is sent
     * @param priority 0 to {@link #maxPriority()}; higher is received first
     * @return {@code false} if there is no room
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     *     or there is no such priority
     * @throws IllegalStateException if this queue is closed
     */
    boolean trySend(ByteBuffer message, int priority) throws IpcException;

    /**
     * Sends a message, waiting for room up to a time.
     *
     * @param message the message, from position to limit; its position is moved to its limit when
     *     it is sent
     * @param priority 0 to {@link #maxPriority()}; higher is received first
     * @param timeout how long to wait; zero or less tries once
     * @return {@code false} if there was no room in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     *     or there is no such priority
     * @throws IllegalStateException if this queue is closed
     */
    boolean trySend(ByteBuffer message, int priority, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Sends the bytes of a segment, waiting until there is room.
     *
     * @param message the message, all of the segment
     * @param priority 0 to {@link #maxPriority()}; higher is received first
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     *     or there is no such priority
     * @throws IllegalStateException if this queue is closed
     */
    default void send(MemorySegment message, int priority)
            throws IpcException, InterruptedException {
        trySend(message, priority, Wait.FOREVER);
    }

    /**
     * Sends the bytes of a segment if there is room now.
     *
     * @param message the message, all of the segment
     * @param priority 0 to {@link #maxPriority()}; higher is received first
     * @return {@code false} if there is no room
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     *     or there is no such priority
     * @throws IllegalStateException if this queue is closed
     */
    boolean trySend(MemorySegment message, int priority) throws IpcException;

    /**
     * Sends the bytes of a segment, waiting for room up to a time.
     *
     * @param message the message, all of the segment
     * @param priority 0 to {@link #maxPriority()}; higher is received first
     * @param timeout how long to wait; zero or less tries once
     * @return {@code false} if there was no room in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if the message has more than {@link #maxMessageSize()} bytes
     *     or there is no such priority
     * @throws IllegalStateException if this queue is closed
     */
    boolean trySend(MemorySegment message, int priority, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Receives a message into memory of its own, waiting until there is one.
     *
     * @return the message
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this queue is closed
     */
    default Message receive() throws IpcException, InterruptedException {
        return tryReceive(Wait.FOREVER).orElseThrow();
    }

    /**
     * Receives a message into memory of its own if there is one now.
     *
     * @return the message, or empty
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this queue is closed
     */
    default Optional<Message> tryReceive() throws IpcException {
        ByteBuffer payload = ByteBuffer.allocate(maxMessageSize());
        int priority = tryReceive(payload);
        return priority == NONE
                ? Optional.empty()
                : Optional.of(new Message(payload.flip(), priority));
    }

    /**
     * Receives a message into memory of its own, waiting for one up to a time.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return the message, or empty if there was none in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this queue is closed
     */
    default Optional<Message> tryReceive(Duration timeout)
            throws IpcException, InterruptedException {
        ByteBuffer payload = ByteBuffer.allocate(maxMessageSize());
        int priority = tryReceive(payload, timeout);
        return priority == NONE
                ? Optional.empty()
                : Optional.of(new Message(payload.flip(), priority));
    }

    /**
     * Receives a message into a buffer, waiting until there is one.
     *
     * @param target where the message goes, from its position on; its position is moved behind the
     *     message
     * @return the message's priority
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code target} has room for fewer than {@link
     *     #maxMessageSize()} bytes
     * @throws java.nio.ReadOnlyBufferException if {@code target} is read-only
     * @throws IllegalStateException if this queue is closed
     */
    default int receive(ByteBuffer target) throws IpcException, InterruptedException {
        return tryReceive(target, Wait.FOREVER);
    }

    /**
     * Receives a message into a buffer if there is one now.
     *
     * @param target where the message goes, from its position on; its position is moved behind the
     *     message
     * @return the message's priority, or {@link #NONE}
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code target} has room for fewer than {@link
     *     #maxMessageSize()} bytes
     * @throws java.nio.ReadOnlyBufferException if {@code target} is read-only
     * @throws IllegalStateException if this queue is closed
     */
    int tryReceive(ByteBuffer target) throws IpcException;

    /**
     * Receives a message into a buffer, waiting for one up to a time.
     *
     * @param target where the message goes, from its position on; its position is moved behind the
     *     message
     * @param timeout how long to wait; zero or less looks once
     * @return the message's priority, or {@link #NONE} if there was none in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code target} has room for fewer than {@link
     *     #maxMessageSize()} bytes
     * @throws java.nio.ReadOnlyBufferException if {@code target} is read-only
     * @throws IllegalStateException if this queue is closed
     */
    int tryReceive(ByteBuffer target, Duration timeout) throws IpcException, InterruptedException;

    /**
     * Receives a message into a segment, waiting until there is one.
     *
     * @param target where the message goes, from its start on
     * @return a receipt: {@link #length(long)} and {@link #priority(long)} read it
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code target} is smaller than {@link #maxMessageSize()}
     *     bytes or read-only
     * @throws IllegalStateException if this queue is closed
     */
    default long receive(MemorySegment target) throws IpcException, InterruptedException {
        return tryReceive(target, Wait.FOREVER);
    }

    /**
     * Receives a message into a segment if there is one now.
     *
     * @param target where the message goes, from its start on
     * @return a receipt: {@link #length(long)} and {@link #priority(long)} read it; or {@link
     *     #NONE}
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code target} is smaller than {@link #maxMessageSize()}
     *     bytes or read-only
     * @throws IllegalStateException if this queue is closed
     */
    long tryReceive(MemorySegment target) throws IpcException;

    /**
     * Receives a message into a segment, waiting for one up to a time.
     *
     * @param target where the message goes, from its start on
     * @param timeout how long to wait; zero or less looks once
     * @return a receipt: {@link #length(long)} and {@link #priority(long)} read it; or {@link
     *     #NONE} if there was no message in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this queue meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code target} is smaller than {@link #maxMessageSize()}
     *     bytes or read-only
     * @throws IllegalStateException if this queue is closed
     */
    long tryReceive(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Makes the receipt of a message, as the methods that receive into a segment return it: the
     * priority in the upper 32 bits, the length in the lower.
     *
     * @param length the message's length in bytes, 0 or more
     * @param priority the message's priority, 0 or more
     * @return the receipt, not negative
     */
    static long receipt(int length, int priority) {
        return (long) priority << 32 | length;
    }

    /**
     * Reads a message's length from its receipt.
     *
     * @param receipt what a method that receives into a segment returned, not {@link #NONE}
     * @return the length in bytes
     */
    static int length(long receipt) {
        return (int) receipt;
    }

    /**
     * Reads a message's priority from its receipt.
     *
     * @param receipt what a method that receives into a segment returned, not {@link #NONE}
     * @return the priority
     */
    static int priority(long receipt) {
        return (int) (receipt >>> 32);
    }

    /**
     * Gives up this process's handle. The name and the messages stay. Does nothing when called
     * again.
     */
    @Override
    void close();
}
