// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.IpcException;
import org.ipc4j.NamedObject;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Where messages come out: what a {@link Receiver} and a {@link Subscriber} have in common. One
 * thread uses it at a time.
 *
 * <pre>{@code
 * while (running) {
 *     source.await(Duration.ofMillis(100));
 *     source.poll((memory, offset, length) -> handle(memory, offset, length), 256);
 * }
 * }</pre>
 */
public interface MessageSource extends NamedObject, AutoCloseable {
    /** A receive gives it if there was no message in time. */
    int NONE = -1;

    /**
     * Handles messages that are there, without waiting. If the handler throws, its message counts
     * as not handled, those before it count as handled, and the exception is passed on.
     *
     * @param handler handles each message, in place
     * @param limit how many at most
     * @return how many were handled
     * @throws CutOffException if this is a {@link Subscriber} that was cut off
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    int poll(MessageHandler handler, int limit) throws IpcException;

    /**
     * Waits until there is a message.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    boolean await(Duration timeout) throws IpcException, InterruptedException;

    /**
     * Receives a copy of the next message, waiting for it.
     *
     * @param target where it goes; its position is moved behind it
     * @return how many bytes it has
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws CutOffException if this is a {@link Subscriber} that was cut off
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws IllegalArgumentException if {@code target} has less room than {@link #maxMessageSize}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    int receive(ByteBuffer target) throws IpcException, InterruptedException;

    /**
     * Receives a copy of the next message, waiting for it up to a time.
     *
     * @param target where it goes; its position is moved behind it
     * @param timeout how long to wait; zero or less looks once
     * @return how many bytes it has, or {@link #NONE} if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws CutOffException if this is a {@link Subscriber} that was cut off
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws IllegalArgumentException if {@code target} has less room than {@link #maxMessageSize}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    int receive(ByteBuffer target, Duration timeout) throws IpcException, InterruptedException;

    /**
     * Receives a copy of the next message if there is one now.
     *
     * @param target where it goes; its position is moved behind it
     * @return how many bytes it has, or {@link #NONE}
     * @throws CutOffException if this is a {@link Subscriber} that was cut off
     * @throws org.ipc4j.IncompatibleException if the memory is damaged
     * @throws IllegalArgumentException if {@code target} has less room than {@link #maxMessageSize}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    int tryReceive(ByteBuffer target) throws IpcException;

    /**
     * Returns the position of the message that is being handled, or was handled last. No two
     * messages of one ring have the same.
     *
     * @return what {@link MessageSink#position} gave for it; -1 before the first message
     */
    long position();

    /**
     * Returns how many bytes a message has at most.
     *
     * @return the number of bytes
     */
    int maxMessageSize();

    /** Gives up this end. Does nothing when called again. */
    @Override
    void close();
}
