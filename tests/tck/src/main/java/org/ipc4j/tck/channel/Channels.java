// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.spi.ChannelProvider;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Channels as the contracts make them. */
final class Channels {
    static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT
                    .withCapacity(Messages.CAPACITY)
                    .withMaxMessageSize(Messages.SIZE);

    private final ChannelProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    Channels(ChannelProvider provider, Supplier<IpcName> fresh, Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    /** Makes a channel with both its ends. */
    MessageFixture.Passage passage(ChannelOptions options) throws IpcException {
        Sender sender = sender(options);
        return new MessageFixture.Passage(sender, receiverOf(sender));
    }

    Sender sender() throws IpcException {
        return sender(OPTIONS);
    }

    Sender sender(ChannelOptions options) throws IpcException {
        return closing(provider.createSender(fresh.get(), options));
    }

    Receiver receiver(ChannelOptions options) throws IpcException {
        return closing(provider.createReceiver(fresh.get(), options));
    }

    /** Opens one more sender of a channel. */
    Sender senderOf(NamedObject end) throws IpcException {
        return closing(provider.openSender(end.name(), Access.OWNER));
    }

    /** Opens the receiver of a channel. */
    Receiver receiverOf(NamedObject end) throws IpcException {
        return closing(provider.openReceiver(end.name(), Access.OWNER));
    }

    private <C extends AutoCloseable> C closing(C end) {
        closing.accept(end);
        return end;
    }
}
