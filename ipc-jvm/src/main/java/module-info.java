// SPDX-License-Identifier: Apache-2.0

/**
 * The mechanisms of ipc4j in plain Java: for systems without a native provider, and for processes
 * that are denied native access.
 *
 * <p>Nothing here calls a restricted method. What can be composed from other mechanisms is composed
 * through the API, so that a semaphore of this module lives in the shared memory of whichever
 * provider is selected for that.
 */
module org.ipc4j.jvm {
    requires org.ipc4j;

    provides org.ipc4j.spi.AnonymousPipeProvider with
            org.ipc4j.jvm.stream.JvmAnonymousPipeProvider;
    provides org.ipc4j.spi.ChannelProvider with
            org.ipc4j.jvm.channel.JvmChannelProvider;
    provides org.ipc4j.spi.FileExchangeProvider with
            org.ipc4j.jvm.file.JvmFileExchangeProvider;
    provides org.ipc4j.spi.FileLockProvider with
            org.ipc4j.jvm.file.JvmFileLockProvider;
    provides org.ipc4j.spi.MappedFileProvider with
            org.ipc4j.jvm.memory.JvmMappedFileProvider;
    provides org.ipc4j.spi.LocalSocketProvider with
            org.ipc4j.jvm.stream.JvmLocalSocketProvider;
    provides org.ipc4j.spi.MessageQueueProvider with
            org.ipc4j.jvm.queue.JvmMessageQueueProvider;
    provides org.ipc4j.spi.NamedPipeProvider with
            org.ipc4j.jvm.stream.JvmNamedPipeProvider;
    provides org.ipc4j.spi.NamedPipeServerProvider with
            org.ipc4j.jvm.stream.JvmNamedPipeServerProvider;
    provides org.ipc4j.spi.NamedSemaphoreProvider with
            org.ipc4j.jvm.sync.JvmNamedSemaphoreProvider;
    provides org.ipc4j.spi.ParkingProvider with
            org.ipc4j.jvm.sync.JvmParkingProvider;
    provides org.ipc4j.spi.SharedMemoryProvider with
            org.ipc4j.jvm.memory.JvmSharedMemoryProvider;
    provides org.ipc4j.spi.SignalProvider with
            org.ipc4j.jvm.signal.JvmSignalProvider;
    provides org.ipc4j.spi.TopicProvider with
            org.ipc4j.jvm.channel.JvmTopicProvider;
}
