// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.ChannelProvider;

/**
 * The receiving end of a channel, whose {@link Sender senders} each have a ring of messages in
 * shared memory.
 *
 * <p>There is one receiver at a time; it is used by one thread at a time. It sees the messages of
 * each sender in the order in which they were sent, each once, with one exception: the message that
 * it is just handling. If it dies in its handler, or the handler throws, that message is delivered
 * again, to the next receiver or by the next call. {@link #sender} and {@link #position} tell which
 * message it is, so that a handler for which that matters can recognise it.
 */
public interface Receiver extends MessageSource {
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
     * Returns whose message is being handled, or was handled last.
     *
     * @return {@link Sender#index} of its sender; -1 before the first message
     */
    int sender();

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

    /** Gives up this end. Messages that are not handled stay. Does nothing when called again. */
    @Override
    void close();
}
