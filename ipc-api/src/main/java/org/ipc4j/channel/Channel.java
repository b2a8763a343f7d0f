// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.ChannelProvider;

/**
 * A channel seen from outside: made and looked at without sending or receiving.
 *
 * <p>Who has a channel open like this is neither a {@link Sender} nor the {@link Receiver} of it,
 * and keeps nobody from becoming one. Where an object goes with its last handle, however, this is a
 * handle.
 */
public interface Channel extends NamedObject, AutoCloseable {
    /**
     * Creates a channel that nobody has sent to or received from yet.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the channel
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static Channel create(IpcName name, ChannelOptions options) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .create(provider -> provider.create(name, options));
    }

    /**
     * Opens a channel of the current user.
     *
     * @param name its name
     * @return the channel
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    static Channel open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens a channel.
     *
     * @param name its name
     * @param access whose channel is accepted
     * @return the channel
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws IpcException if the system refuses
     */
    static Channel open(IpcName name, Access access) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .open(provider -> provider.open(name, access));
    }

    /**
     * Opens a channel, which is created if it is not there.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose channel is
     *     accepted
     * @return the channel
     * @throws IpcException if the system refuses
     */
    static Channel createOrOpen(IpcName name, ChannelOptions options) throws IpcException {
        return OneName.of(ChannelProvider.class, name)
                .createOrOpen(
                        provider -> provider.open(name, options.access()),
                        provider -> provider.create(name, options));
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
     * Returns how many bytes of messages each sender can be ahead of the receiver.
     *
     * @return the number of bytes
     */
    int capacity();

    /**
     * Returns how many bytes a message has at most.
     *
     * @return the number of bytes
     */
    int maxMessageSize();

    /**
     * Returns how many senders there can be at a time.
     *
     * @return the number
     */
    int senders();

    /**
     * Returns how those wait who have to.
     *
     * @return the wait strategy
     */
    WaitStrategy waiting();

    /**
     * Tells what is known of the receiver. It asks the kernel.
     *
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this handle is closed
     */
    Presence receiver() throws IpcException;

    /**
     * Tells what is known of a sender. It asks the kernel.
     *
     * @param index which one, 0 or more and less than {@link #senders}
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IndexOutOfBoundsException if there can be no such sender
     * @throws IllegalStateException if this handle is closed
     */
    Presence sender(int index) throws IpcException;

    /**
     * Returns how far a sender is ahead of the receiver: how many bytes of its ring are taken by
     * messages that are sent and not handled.
     *
     * @param index which one, 0 or more and less than {@link #senders}
     * @return the number of bytes, 0 to {@link #capacity}, as of a moment ago
     * @throws IndexOutOfBoundsException if there can be no such sender
     * @throws IllegalStateException if this handle is closed
     */
    int unhandledBytes(int index);

    /** Gives up this handle. Does nothing when called again. */
    @Override
    void close();
}
