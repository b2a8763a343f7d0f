// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.memory.SharedMemory;

import java.util.UUID;

/** A channel of a test: its ends, of a class of their own each or of the plain class. */
final class Ends implements AutoCloseable {
    private static final JvmChannelProvider PROVIDER = new JvmChannelProvider();

    final IpcName name = IpcName.of("test-" + UUID.randomUUID());
    private final boolean special;
    private final Sender creator;

    Ends(ChannelOptions options, boolean special) throws IpcException {
        this.special = special;
        this.creator = made(() -> PROVIDER.createSender(name, options));
    }

    private interface Opening<T> {
        T open() throws IpcException;
    }

    /**
     * Opens an end under the property, and makes sure that it is of the class asked for. A receiver
     * of several rings is of the plain one.
     */
    private <T> T made(Opening<T> opening) throws IpcException {
        String before = System.getProperty(Special.PROPERTY);
        System.setProperty(Special.PROPERTY, "" + special);
        try {
            T end = opening.open();
            boolean hasClass =
                    special && !(end instanceof Receiver receiver && receiver.senders() > 1);
            assertEquals(hasClass, end.getClass().isHidden());
            return end;
        } finally {
            if (before == null) {
                System.clearProperty(Special.PROPERTY);
            } else {
                System.setProperty(Special.PROPERTY, before);
            }
        }
    }

    /** The sender that created the channel. */
    Sender sender() {
        return creator;
    }

    Sender openSender() throws IpcException {
        return made(() -> PROVIDER.openSender(name, Access.OWNER));
    }

    Receiver openReceiver() throws IpcException {
        return made(() -> PROVIDER.openReceiver(name, Access.OWNER));
    }

    /** Opens the memory of the channel, as somebody who writes garbage into it could. */
    SharedMemory memory() throws IpcException {
        return SharedMemory.open(IpcName.ofNative(creator.nativeKey()));
    }

    @Override
    public void close() throws IpcException {
        creator.close();
        PROVIDER.remove(name);
    }
}
