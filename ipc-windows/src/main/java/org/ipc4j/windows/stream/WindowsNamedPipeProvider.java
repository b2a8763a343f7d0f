// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.windows.sys.Native;
import org.ipc4j.windows.sys.WindowsNames;
import org.ipc4j.windows.sys.WindowsProvider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One-way pipes: a server that reads messages, and clients that write them. */
public final class WindowsNamedPipeProvider implements NamedPipeProvider, WindowsProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsNamedPipeProvider() {}

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
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_WRITES);
    }

    @Override
    public NamedPipeReader createReader(IpcName name, NamedPipeOptions options)
            throws IpcException {
        return WindowsNamedPipeReader.create(name, options);
    }

    @Override
    public NamedPipeReader openReader(IpcName name, Access access) {
        throw new UnsupportedOperationException(
                "a pipe of Windows belongs to the process that has created it, so it cannot be"
                        + " opened to be its reader; read from another program's server with"
                        + " NamedPipeConnection.connect");
    }

    @Override
    public Optional<NamedPipeWriter> openWriter(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(access, "access");
        return WindowsNamedPipeWriter.open(name, access, timeout);
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
