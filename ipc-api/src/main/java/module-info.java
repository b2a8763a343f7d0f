// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of ipc4j: every inter-process communication method of an operating system, as Java
 * types.
 *
 * <p>This module names no provider and depends on nothing but {@code java.base}. Providers come as
 * separate modules ({@code org.ipc4j.posix}, {@code org.ipc4j.jvm}, or one of your own) and are
 * found with {@link java.util.ServiceLoader}.
 */
module org.ipc4j {
    exports org.ipc4j;
    exports org.ipc4j.channel;
    exports org.ipc4j.file;
    exports org.ipc4j.memory;
    exports org.ipc4j.queue;
    exports org.ipc4j.signal;
    exports org.ipc4j.spi;
    exports org.ipc4j.stream;
    exports org.ipc4j.sync;

    uses org.ipc4j.spi.AnonymousPipeProvider;
    uses org.ipc4j.spi.ChannelProvider;
    uses org.ipc4j.spi.FileExchangeProvider;
    uses org.ipc4j.spi.FileLockProvider;
    uses org.ipc4j.spi.LocalSocketProvider;
    uses org.ipc4j.spi.MappedFileProvider;
    uses org.ipc4j.spi.MessageQueueProvider;
    uses org.ipc4j.spi.NamedPipeProvider;
    uses org.ipc4j.spi.NamedPipeServerProvider;
    uses org.ipc4j.spi.NamedSemaphoreProvider;
    uses org.ipc4j.spi.ParkingProvider;
    uses org.ipc4j.spi.SharedMemoryProvider;
    uses org.ipc4j.spi.SignalProvider;
    uses org.ipc4j.spi.TopicProvider;
}
