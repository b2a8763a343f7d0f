// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.ChannelProvider;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The receiving end of a channel, whose {@link Sender senders} each have a ring of messages in
 * shared memory.
 *
 * <p>There is one receiver at a time; it is used by one thread at a time. It sees the messages of
 * each sender in the order in which they were sent, each once, with one exception: the message that
 * it is just handling. If it dies in its handler, or the handler throws, that message is delivered
 * again, to the next receiver or by the next call. {@link #sender} and {@link #position} tell which
 * message it is, so that a handler for which that matters can recognise it.
 *
 * <pre>{@code
 * while (running) {
 *     receiver.await(Duration.ofMillis(100));
 *     receiver.poll((memory, offset, length) -> handle(memory, offset, length), 256);
 * }
 * }</pre>
 */
public interface Receiver extends NamedObject, AutoCloseable {
    /** A receive gives it if there was no message in time. */
    int NONE = -1;

    /**
     * Creates a channel and opens its receiving end.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the receiver
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static Receiver create(IpcName name, ChannelOptions options) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .create(provider -> provider.createReceiver(name, options));
    }

    /**
     * Opens the receiving end of a channel of the current user.
     *
     * @param name its name
     * @return the receiver
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.ResourceLimitException if it has a receiver
     * @throws IpcException if the system refuses
     */
    static Receiver open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens the receiving end of a channel.
     *
     * @param name its name
     * @param access whose channel is accepted
     * @return the receiver
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws org.ipc4j.ResourceLimitException if it has a receiver
     * @throws IpcException if the system refuses
     */
    static Receiver open(IpcName name, Access access) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .open(provider -> provider.openReceiver(name, access));
    }

    /**
     * Opens the receiving end of a channel, which is created if it is not there.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose channel is
     *     accepted
     * @return the receiver
     * @throws org.ipc4j.ResourceLimitException if it has a receiver
     * @throws IpcException if the system refuses
     */
    static Receiver createOrOpen(IpcName name, ChannelOptions options) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .createOrOpen(
                        provider -> provider.openReceiver(name, options.access()),
                        provider -> provider.createReceiver(name, options));
    }

    /**
     * Deletes a channel's name. Who has it open keeps it.
     *
     * @param name the name
     * @return {@code false} if there was no such name
     * @throws IpcException if the system refuses
     */
    static boolean remove(IpcName name) throws IpcException {
        return OneName.of(ChannelProvider.class, name).remove();
    }

    /**
     * Handles messages that are there, without waiting. If the handler throws, its message counts
     * as not handled, those before it count as handled, and the exception is passed on.
     *
     * @param handler handles each message, in place
     * @param limit how many at most
     * @return how many were handled
     * @throws org.ipc4j.IncompatibleException if the channel's memory is damaged
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this receiver is closed
     */
    int poll(MessageHandler handler, int limit) throws IpcException;

    /**
     * Waits until there is a message.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this receiver meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this receiver is closed
     */
    boolean await(Duration timeout) throws IpcException, InterruptedException;

    /**
     * Receives a copy of the next message, waiting for it.
     *
     * @param target where it goes; its position is moved behind it
     * @return how many bytes it has
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is received then
     * @throws org.ipc4j.IpcClosedException if another thread closes this receiver meanwhile
     * @throws org.ipc4j.IncompatibleException if the channel's memory is damaged
     * @throws IllegalArgumentException if {@code target} has less room than {@link #maxMessageSize}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this receiver is closed
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
     * @throws org.ipc4j.IpcClosedException if another thread closes this receiver meanwhile
     * @throws org.ipc4j.IncompatibleException if the channel's memory is damaged
     * @throws IllegalArgumentException if {@code target} has less room than {@link #maxMessageSize}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this receiver is closed
     */
    int receive(ByteBuffer target, Duration timeout) throws IpcException, InterruptedException;

    /**
     * Receives a copy of the next message if there is one now.
     *
     * @param target where it goes; its position is moved behind it
     * @return how many bytes it has, or {@link #NONE}
     * @throws org.ipc4j.IncompatibleException if the channel's memory is damaged
     * @throws IllegalArgumentException if {@code target} has less room than {@link #maxMessageSize}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this receiver is closed
     */
    int tryReceive(ByteBuffer target) throws IpcException;

    /**
     * Returns whose message is being handled, or was handled last.
     *
     * @return {@link Sender#index} of its sender; -1 before the first message
     */
    int sender();

    /**
     * Returns the position of the message that is being handled, or was handled last. No two
     * messages of one sender have the same.
     *
     * @return what {@link Sender#position} gave for it; -1 before the first message
     */
    long position();

    /**
     * Tells what is known of a sender. It asks the kernel.
     *
     * @param index which one, 0 or more and less than {@link #senders}
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IndexOutOfBoundsException if there can be no such sender
     * @throws IllegalStateException if this receiver is closed
     */
    Presence sender(int index) throws IpcException;

    /**
     * Returns how many senders there can be at a time.
     *
     * @return the number
     */
    int senders();

    /**
     * Returns how many bytes a message has at most.
     *
     * @return the number of bytes
     */
    int maxMessageSize();

    /** Gives up this end. Messages that are not handled stay. Does nothing when called again. */
    @Override
    void close();
}
