// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.spi.TopicProvider;

/**
 * The mechanisms, each with the provider interface that offers it and the key that system
 * properties use.
 */
public enum Mechanism {
    /** Memory that several processes map: {@link org.ipc4j.memory.SharedMemory}. */
    SHARED_MEMORY("shared-memory", SharedMemoryProvider.class),
    /** A file as memory: {@link org.ipc4j.memory.MappedFile}. */
    MAPPED_FILE("mapped-file", MappedFileProvider.class),
    /** A counting semaphore with a name: {@link org.ipc4j.sync.NamedSemaphore}. */
    NAMED_SEMAPHORE("named-semaphore", NamedSemaphoreProvider.class),
    /** A bounded queue of messages with priorities: {@link org.ipc4j.queue.MessageQueue}. */
    MESSAGE_QUEUE("message-queue", MessageQueueProvider.class),
    /** A one-way stream of bytes with a name: {@link org.ipc4j.stream.NamedPipe}. */
    NAMED_PIPE("named-pipe", NamedPipeProvider.class),
    /** A one-way stream of bytes without a name: {@link org.ipc4j.stream.AnonymousPipe}. */
    ANONYMOUS_PIPE("anonymous-pipe", AnonymousPipeProvider.class),
    /** A duplex pipe for each client of a server: {@link org.ipc4j.stream.NamedPipeServer}. */
    NAMED_PIPE_SERVER("named-pipe-server", NamedPipeServerProvider.class),
    /** Connections and datagrams of one machine: {@link org.ipc4j.stream.LocalSocket}. */
    LOCAL_SOCKET("local-socket", LocalSocketProvider.class),
    /** Lock-free rings of messages: {@link org.ipc4j.channel.Sender}. */
    CHANNEL("channel", ChannelProvider.class),
    /** A lock-free ring of messages for many subscribers: {@link org.ipc4j.channel.Publisher}. */
    TOPIC("topic", TopicProvider.class),
    /** Locks of files: {@link org.ipc4j.file.SharedFileLock}. */
    FILE_LOCK("file-lock", FileLockProvider.class),
    /** Files that are replaced all at once: {@link org.ipc4j.file.FileExchange}. */
    FILE_EXCHANGE("file-exchange", FileExchangeProvider.class),
    /** Small interruptions of a process: {@link org.ipc4j.signal.Signals}. */
    SIGNAL("signal", SignalProvider.class),
    /** How the others wait for one another: {@link org.ipc4j.spi.Parking}. */
    PARKING("parking", ParkingProvider.class);

    private final String key;
    private final Class<? extends MechanismProvider> providerType;

    Mechanism(String key, Class<? extends MechanismProvider> providerType) {
        this.key = key;
        this.providerType = providerType;
    }

    /**
     * Returns the key in {@code -Dorg.ipc4j.provider.<key>=<provider>}.
     *
     * @return for example {@code named-semaphore}
     */
    public String key() {
        return key;
    }

    /**
     * Returns the interface that a provider of this mechanism implements.
     *
     * @return the provider interface
     */
    public Class<? extends MechanismProvider> providerType() {
        return providerType;
    }

    /**
     * Returns the mechanism that a provider interface offers.
     *
     * @param providerType one of the provider interfaces of {@link org.ipc4j.spi}
     * @return the mechanism
     * @throws IllegalArgumentException if {@code providerType} is not the provider interface of a
     *     mechanism
     */
    public static Mechanism of(Class<? extends MechanismProvider> providerType) {
        for (Mechanism mechanism : values()) {
            if (mechanism.providerType == providerType) {
                return mechanism;
            }
        }
        throw new IllegalArgumentException(
                providerType.getName() + " is not the provider interface of a mechanism");
    }
}
