// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;

/**
 * Offers channels. Each method does what the method of that name in {@link Channel}, {@link Sender}
 * or {@link Receiver} says.
 */
public interface ChannelProvider extends NamedObjectProvider {
    /**
     * Creates a channel that nobody has sent to or received from yet.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the channel
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    Channel create(IpcName name, ChannelOptions options) throws IpcException;

    /**
     * Opens a channel that is there, without sending or receiving.
     *
     * @param name its name
     * @param access whose channel is accepted
     * @return the channel
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    Channel open(IpcName name, Access access) throws IpcException;

    /**
     * Creates a channel and opens a sending end.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the sender
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    Sender createSender(IpcName name, ChannelOptions options) throws IpcException;

    /**
     * Opens a sending end of a channel that is there.
     *
     * @param name its name
     * @param access whose channel is accepted
     * @return the sender
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    Sender openSender(IpcName name, Access access) throws IpcException;

    /**
     * Creates a channel and opens its receiving end.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the receiver
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    Receiver createReceiver(IpcName name, ChannelOptions options) throws IpcException;

    /**
     * Opens the receiving end of a channel that is there.
     *
     * @param name its name
     * @param access whose channel is accepted
     * @return the receiver
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    Receiver openReceiver(IpcName name, Access access) throws IpcException;
}
