// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.ChannelProvider;

/**
 * One of the sending ends of a channel: a ring of messages in shared memory, from a few senders to
 * one {@link Receiver}.
 *
 * <p>To send is to write into memory; no system call is made unless somebody has to be woken. Each
 * sender has a ring of its own, so senders never wait for one another, and the messages of each
 * arrive in the order in which it sent them. Among the messages of different senders there is no
 * order.
 *
 * <p>A sender is used by one thread at a time; every thread may have one of its own. A sender may
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
public interface Sender extends MessageSink {
    /** A claim gives it if there is no room, and the receiver who could make some left. */
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
}
