// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.ChannelProvider;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One of the sending ends of a channel: a ring of messages in shared memory, from a few senders to
 * one {@link Receiver}.
 *
 * <p>To send is to write into memory; no system call is made unless somebody has to be woken. Each
 * sender has a ring of its own, so senders never wait for one another, and the messages of each
 * arrive in the order in which it sent them. Among the messages of different senders there is no
 * order.
 *
 * <p>A message can be written in place, without a copy:
 *
 * <pre>{@code
 * long offset = sender.tryClaim(12);
 * if (offset >= 0) {
 *     sender.memory().set(JAVA_LONG_UNALIGNED, offset, price);
 *     sender.memory().set(JAVA_INT_UNALIGNED, offset + 8, quantity);
 *     sender.commit();
 * }
 * }</pre>
 *
 * <p>A sender is used by one thread at a time; every thread may have one of its own. What is
 * committed is not lost when the sender dies; what is not committed was never sent. A sender may
 * come before the receiver, and stay when that has gone: what it sends is kept for the next one, as
 * long as there is room.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">lifetime</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code jvm}</th><td>{@link org.ipc4j.memory.SharedMemory}, laid out as its package tells, and a
 *     lock file</td><td>that of the memory</td><td>that of the memory</td></tr>
 * </tbody>
 * </table>
 */
public interface Sender extends NamedObject, AutoCloseable {
    /** {@link #tryClaim} gives it if there is no room now. */
    long FULL = -1;

    /**
     * {@link #tryClaim} gives it if there is no room, and the receiver who could make some left.
     */
    long RECEIVER_GONE = -2;

    /**
     * Creates a channel and opens a sending end of it.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the sender
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static Sender create(IpcName name, ChannelOptions options) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .create(provider -> provider.createSender(name, options));
    }

    /**
     * Opens a sending end of a channel of the current user.
     *
     * @param name its name
     * @return the sender
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.ResourceLimitException if it has all the senders that it can have
     * @throws IpcException if the system refuses
     */
    static Sender open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens a sending end of a channel.
     *
     * @param name its name
     * @param access whose channel is accepted
     * @return the sender
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws org.ipc4j.ResourceLimitException if it has all the senders that it can have
     * @throws IpcException if the system refuses
     */
    static Sender open(IpcName name, Access access) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .open(provider -> provider.openSender(name, access));
    }

    /**
     * Opens a sending end of a channel, which is created if it is not there.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose channel is
     *     accepted
     * @return the sender
     * @throws org.ipc4j.ResourceLimitException if it has all the senders that it can have
     * @throws IpcException if the system refuses
     */
    static Sender createOrOpen(IpcName name, ChannelOptions options) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .createOrOpen(
                        provider -> provider.openSender(name, options.access()),
                        provider -> provider.createSender(name, options));
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
     * Claims room for a message. Until it is committed or aborted there can be no other claim.
     *
     * @param length how many bytes the message has, 0 or more
     * @return where the message begins in {@link #memory}, a multiple of 8; {@link #FULL} or {@link
     *     #RECEIVER_GONE}
     * @throws IllegalArgumentException if {@code length} is negative or over {@link
     *     #maxMessageSize}
     * @throws IllegalStateException if there is a claim already, or this sender is closed
     */
    long tryClaim(int length);

    /**
     * Returns the memory in which messages are written and read. It is the same for every message
     * of this sender, and can be used until the sender is closed.
     *
     * @return the memory
     */
    MemorySegment memory();

    /**
     * Sends the message that was claimed, and all that were staged before.
     *
     * @throws IllegalStateException if nothing is claimed, or this sender is closed
     */
    void commit();

    /**
     * Puts the message that was claimed with those that the next {@link #commit} or {@link
     * #publish} sends. They are sent all at once, which is cheaper; if they fill the ring they are
     * sent earlier.
     *
     * @throws IllegalStateException if nothing is claimed, or this sender is closed
     */
    void stage();

    /**
     * Sends what was staged. Does nothing if nothing was.
     *
     * @throws IllegalStateException if this sender is closed
     */
    void publish();

    /**
     * Gives up the claim; there was no message.
     *
     * @throws IllegalStateException if nothing is claimed, or this sender is closed
     */
    void abort();

    /**
     * Sends a copy of some bytes if there is room now.
     *
     * @param message the bytes, from position to limit; its position is moved to the limit if they
     *     were sent
     * @return {@code false} if there is no room
     * @throws org.ipc4j.PeerClosedException if there is no room, and the receiver left
     * @throws IllegalArgumentException if there are more bytes than {@link #maxMessageSize}
     * @throws IllegalStateException if there is a claim, or this sender is closed
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
     * @throws org.ipc4j.IpcClosedException if another thread closes this sender meanwhile
     * @throws IllegalArgumentException if there are more bytes than {@link #maxMessageSize}
     * @throws IllegalStateException if there is a claim, or this sender is closed
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
     * @throws org.ipc4j.IpcClosedException if another thread closes this sender meanwhile
     * @throws IllegalArgumentException if there are more bytes than {@link #maxMessageSize}
     * @throws IllegalStateException if there is a claim, or this sender is closed
     * @throws IpcException if the system refuses
     */
    boolean send(ByteBuffer message, Duration timeout) throws IpcException, InterruptedException;

    /**
     * Returns the position of the message that was claimed or sent last: how many bytes this
     * sender's ring had ever taken before it, from earlier owners too.
     *
     * @return the position, which {@link Receiver#position} gives for the same message; -1 before
     *     the first
     */
    long position();

    /**
     * Returns which of the channel's senders this is.
     *
     * @return 0 or more, less than the channel's number of senders; another one may get it later
     */
    int index();

    /**
     * Tells what is known of the receiver. It asks the kernel.
     *
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this sender is closed
     */
    Presence receiver() throws IpcException;

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
