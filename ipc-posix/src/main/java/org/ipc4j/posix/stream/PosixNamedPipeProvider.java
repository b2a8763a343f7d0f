// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Named pipes by {@code fifo(7)}. */
public final class PosixNamedPipeProvider implements NamedPipeProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixNamedPipeProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("mkfifo");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_WRITES,
                Capability.EXISTING_PIPE);
    }

    @Override
    public NamedPipeReader createReader(IpcName name, NamedPipeOptions options)
            throws IpcException {
        return PosixNamedPipeReader.create(name, options);
    }

    @Override
    public NamedPipeReader openReader(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixNamedPipeReader.open(name, access);
    }

    @Override
    public Optional<NamedPipeWriter> openWriter(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(access, "access");
        return PosixNamedPipeWriter.open(name, access, timeout);
    }

    @Override
    public String nativeKey(IpcName name) {
        return PosixFifo.path(name).toString();
    }

    @Override
    public Optional<String> find(IpcName name) {
        return PosixNames.find(name, PosixFifo::path, n -> PosixFifo.path(n).toString());
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        String path = PosixFifo.path(name).toString();
        return PosixErrors.removed(UnistdCalls.unlink(path), "unlink", name, path);
    }
}
