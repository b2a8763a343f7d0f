// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.spi.TopicProvider;

import java.util.Optional;

/** What a name of {@code ipc channel} stands for. The two kinds have a name space each. */
enum ChannelKind {
    /** Senders and a receiver. */
    CHANNEL("channel", "send and receive", ChannelProvider.class),
    /** A publisher and subscribers. */
    TOPIC("topic", "publish and subscribe", TopicProvider.class);

    private final String noun;
    private final String verbs;
    private final Class<? extends NamedObjectProvider> provider;

    ChannelKind(String noun, String verbs, Class<? extends NamedObjectProvider> provider) {
        this.noun = noun;
        this.verbs = verbs;
        this.provider = provider;
    }

    /**
     * Finds out of which kind the object is that has a name.
     *
     * @return the kind; {@link #CHANNEL} if there is no such name, which whoever opens it is told
     * @throws CommandFailure if there is one of each kind
     */
    static ChannelKind of(IpcName name) throws IpcException, CommandFailure {
        Optional<String> channel = CHANNEL.find(name);
        Optional<String> topic = TOPIC.find(name);
        if (channel.isEmpty() || topic.isEmpty()) {
            return topic.isEmpty() ? CHANNEL : TOPIC;
        }
        if (channel.equals(topic)) { // a native key
            return isChannel(name) ? CHANNEL : TOPIC;
        }
        throw new CommandFailure(
                ExitStatus.USAGE,
                name
                        + ": there is a channel of that name, "
                        + channel.get()
                        + ", and a topic, "
                        + topic.get()
                        + "; say which by its key, with --native");
    }

    /** Damaged memory is of neither kind, and can be removed as either. */
    private static boolean isChannel(IpcName name) throws IpcException {
        try (Channel channel = Channel.open(name, Access.EVERYBODY)) {
            return channel.isOpen();
        } catch (IncompatibleException e) {
            return false;
        }
    }

    private Optional<String> find(IpcName name) {
        return Ipc.provider(provider).find(name);
    }

    private ChannelKind other() {
        return this == CHANNEL ? TOPIC : CHANNEL;
    }

    /** Ends the command if an object of the other kind has a name, which would be taken for it. */
    void requireNoOther(IpcName name) throws CommandFailure {
        if (!name.isNative() && other().find(name).isPresent()) {
            throw new CommandFailure(
                    ExitStatus.EXISTS, name + ": there is a " + other().noun + " of that name");
        }
    }

    /** Ends the command if there is an object of the other kind only. */
    void require(IpcName name) throws CommandFailure {
        if (find(name).isEmpty() && other().find(name).isPresent()) {
            throw new CommandFailure(
                    ExitStatus.INCOMPATIBLE,
                    name + ": it is a " + other().noun + ", where you " + other().verbs);
        }
    }
}
