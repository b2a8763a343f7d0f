// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.IpcException;
import org.ipc4j.NamedObject;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Where messages go in: what a {@link Sender} and a {@link Publisher} have in common.
 *
 * <p>A message is written in place, without a copy, or it is a copy of a buffer's bytes:
 *
 * <pre>{@code
 * long offset = sink.tryClaim(12);
 * if (offset >= 0) {
 *     sink.memory().set(JAVA_LONG_UNALIGNED, offset, price);
 *     sink.memory().set(JAVA_INT_UNALIGNED, offset + 8, quantity);
 *     sink.commit();
 * }
 * }</pre>
 *
 * <p>What is committed can be seen at once, and is not lost when its process dies; what is not
 * committed was never sent. One thread uses it at a time.
 */
public interface MessageSink extends NamedObject, AutoCloseable {
    /** A claim gives it if there is no room now. */
    long FULL = -1;

    /** A claim gives it if the memory says what it cannot say; remove it and create it anew. */
    long DAMAGED = -3;

    /**
     * Claims room for a message, if there is some now. Until it is committed or aborted there can
     * be no other claim.
     *
     * @param length how many bytes the message has, 0 or more
     * @return where the message begins in {@link #memory}, a multiple of 8; or less than 0, which
     *     is {@link #FULL}, {@link Sender#RECEIVER_GONE} or {@link #DAMAGED}
     * @throws IllegalArgumentException if {@code length} is negative or over {@link
     *     #maxMessageSize}
     * @throws IllegalStateException if there is a claim already, or this end is closed
     */
    long tryClaim(int length);

    /**
     * Claims room for a message, waiting for it up to a time.
     *
     * @param length how many bytes the message has, 0 or more
     * @param timeout how long to wait; zero or less looks once
     * @return where the message begins in {@link #memory}, a multiple of 8; {@link #FULL} if there
     *     was no room in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is claimed then
     * @throws org.ipc4j.PeerClosedException if there is no room, and the receiver left
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IllegalArgumentException if {@code length} is negative or over {@link
     *     #maxMessageSize}
     * @throws IllegalStateException if there is a claim already, or this end is closed
     * @throws IpcException if the system refuses
     */
    long claim(int length, Duration timeout) throws IpcException, InterruptedException;

    /**
     * Returns the memory in which messages are written. It is the same for every message of this
     * end, and can be used until the end is closed.
     *
     * @return the memory
     */
    MemorySegment memory();

    /**
     * Sends the message that was claimed, and all that were staged before.
     *
     * @throws IllegalStateException if nothing is claimed, or this end is closed
     */
    void commit();

    /**
     * Puts the message that was claimed with those that the next {@link #commit} or {@link
     * #publish} sends. They are sent all at once, which is cheaper; if they fill the ring they are
     * sent earlier.
     *
     * @throws IllegalStateException if nothing is claimed, or this end is closed
     */
    void stage();

    /**
     * Sends what was staged. Does nothing if nothing was.
     *
     * @throws IllegalStateException if this end is closed
     */
    void publish();

    /**
     * Gives up the claim; there was no message.
     *
     * @throws IllegalStateException if nothing is claimed, or this end is closed
     */
    void abort();

    /**
     * Sends a copy of some bytes if there is room now.
     *
     * @param message the bytes, from position to limit; its position is moved to the limit if they
     *     were sent
     * @return {@code false} if there is no room
     * @throws org.ipc4j.PeerClosedException if there is no room, and the receiver left
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws IllegalArgumentException if there are more bytes than {@link #maxMessageSize}
     * @throws IllegalStateException if there is a claim, or this end is closed
     * @throws IpcException if the system refuses
     */
    boolean trySend(ByteBuffer message) throws IpcException;

    /**
     * Sends a copy of some bytes, waiting for room.
     *
     * @param message the bytes, from position to limit; its position is moved to the limit if they
     *     were sent
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.PeerClosedException if there is no room, and the receiver left
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IllegalArgumentException if there are more bytes than {@link #maxMessageSize}
     * @throws IllegalStateException if there is a claim, or this end is closed
     * @throws IpcException if the system refuses
     */
    void send(ByteBuffer message) throws IpcException, InterruptedException;

    /**
     * Sends a copy of some bytes, waiting for room up to a time.
     *
     * @param message the bytes, from position to limit; its position is moved to the limit if they
     *     were sent
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if there was no room in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is sent then
     * @throws org.ipc4j.PeerClosedException if there is no room, and the receiver left
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IllegalArgumentException if there are more bytes than {@link #maxMessageSize}
     * @throws IllegalStateException if there is a claim, or this end is closed
     * @throws IpcException if the system refuses
     */
    boolean send(ByteBuffer message, Duration timeout) throws IpcException, InterruptedException;

    /**
     * Returns the position of the message that was claimed or sent last: how many bytes this end's
     * ring had ever taken before it, from earlier owners too.
     *
     * @return the position, which {@link MessageSource#position} gives for the same message; -1
     *     before the first
     */
    long position();

    /**
     * Returns how many bytes a message has at most.
     *
     * @return the number of bytes
     */
    int maxMessageSize();

    /**
     * Gives up this end. What was only claimed or staged is not sent. Does nothing when called
     * again.
     */
    @Override
    void close();
}
