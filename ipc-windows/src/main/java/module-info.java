// SPDX-License-Identifier: Apache-2.0

/**
 * The providers for Windows on x86-64: each mechanism is the system's own object, reached through
 * the Foreign Function and Memory API. On other systems they are unavailable and say so. Exports
 * nothing.
 */
module org.ipc4j.windows {
    requires org.ipc4j;

    provides org.ipc4j.spi.AnonymousPipeProvider with
            org.ipc4j.windows.stream.WindowsAnonymousPipeProvider;
    provides org.ipc4j.spi.FileExchangeProvider with
            org.ipc4j.windows.file.WindowsFileExchangeProvider;
    provides org.ipc4j.spi.FileLockProvider with
            org.ipc4j.windows.file.WindowsFileLockProvider;
    provides org.ipc4j.spi.LocalSocketProvider with
            org.ipc4j.windows.stream.WindowsLocalSocketProvider;
    provides org.ipc4j.spi.NamedPipeProvider with
            org.ipc4j.windows.stream.WindowsNamedPipeProvider;
    provides org.ipc4j.spi.NamedPipeServerProvider with
            org.ipc4j.windows.stream.WindowsNamedPipeServerProvider;
    provides org.ipc4j.spi.NamedSemaphoreProvider with
            org.ipc4j.windows.sync.WindowsNamedSemaphoreProvider;
    provides org.ipc4j.spi.ParkingProvider with
            org.ipc4j.windows.sync.WindowsParkingProvider;
    provides org.ipc4j.spi.SharedMemoryProvider with
            org.ipc4j.windows.memory.WindowsSharedMemoryProvider;
}
