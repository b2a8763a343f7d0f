// SPDX-License-Identifier: Apache-2.0

/**
 * The providers for Linux on x86-64 and aarch64: each mechanism is the system's own object, reached
 * through the Foreign Function and Memory API. On other systems they are unavailable and say so.
 * Exports nothing.
 */
module org.ipc4j.posix {
    requires org.ipc4j;

    provides org.ipc4j.spi.AnonymousPipeProvider with
            org.ipc4j.posix.stream.PosixAnonymousPipeProvider;
    provides org.ipc4j.spi.FileExchangeProvider with
            org.ipc4j.posix.file.PosixFileExchangeProvider;
    provides org.ipc4j.spi.FileLockProvider with
            org.ipc4j.posix.file.PosixFileLockProvider;
    provides org.ipc4j.spi.LocalSocketProvider with
            org.ipc4j.posix.stream.PosixLocalSocketProvider;
    provides org.ipc4j.spi.MappedFileProvider with
            org.ipc4j.posix.memory.PosixMappedFileProvider;
    provides org.ipc4j.spi.MessageQueueProvider with
            org.ipc4j.posix.queue.PosixMessageQueueProvider;
    provides org.ipc4j.spi.NamedPipeProvider with
            org.ipc4j.posix.stream.PosixNamedPipeProvider;
    provides org.ipc4j.spi.NamedSemaphoreProvider with
            org.ipc4j.posix.sync.PosixNamedSemaphoreProvider;
    provides org.ipc4j.spi.ParkingProvider with
            org.ipc4j.posix.sync.PosixParkingProvider;
    provides org.ipc4j.spi.SharedMemoryProvider with
            org.ipc4j.posix.memory.PosixSharedMemoryProvider;
    provides org.ipc4j.spi.SignalProvider with
            org.ipc4j.posix.signal.PosixSignalProvider;
}
