// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.windows.sys.Native;
import org.ipc4j.windows.sys.WindowsNames;
import org.ipc4j.windows.sys.WindowsProvider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Servers by {@code CreateNamedPipeW}, clients by {@code CreateFileW}. */
public final class WindowsNamedPipeServerProvider
        implements NamedPipeServerProvider, WindowsProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsNamedPipeServerProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("CreateNamedPipeW");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS);
    }

    @Override
    public NamedPipeServer create(IpcName name, NamedPipeServerOptions options)
            throws IpcException {
        return WindowsNamedPipeServer.create(name, options);
    }

    @Override
    public Optional<NamedPipeConnection> connect(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(access, "access");
        return WindowsNamedPipeConnection.connect(name, access, timeout);
    }

    @Override
    public String nativeKey(IpcName name) {
        return WindowsNames.pipe(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return PipeClient.find(name);
    }
}
