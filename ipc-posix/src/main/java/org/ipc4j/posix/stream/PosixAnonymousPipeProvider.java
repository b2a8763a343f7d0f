// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;

import java.util.Set;

/** Pipes by {@code pipe2(2)}. */
public final class PosixAnonymousPipeProvider implements AnonymousPipeProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixAnonymousPipeProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("pipe2");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.ATOMIC_WRITES,
                Capability.HANDLE_PASSING);
    }

    @Override
    public AnonymousPipe open() throws IpcException {
        UnistdCalls.Pipe pipe = UnistdCalls.pipe2(Abi.O_NONBLOCK | Abi.O_CLOEXEC);
        PosixErrors.check(pipe.result(), "pipe2", IpcName.ofNative("pipe"), "pipe");
        return new AnonymousPipe(
                new PosixAnonymousPipeReader(AnonymousEnd.of(pipe.reader())),
                new PosixAnonymousPipeWriter(AnonymousEnd.of(pipe.writer())));
    }

    @Override
    public AnonymousPipeReader adoptReader(AdoptableHandle handle) throws IpcException {
        return new PosixAnonymousPipeReader(AnonymousEnd.adopt(handle, Abi.O_RDONLY));
    }

    @Override
    public AnonymousPipeWriter adoptWriter(AdoptableHandle handle) throws IpcException {
        return new PosixAnonymousPipeWriter(AnonymousEnd.adopt(handle, Abi.O_WRONLY));
    }
}
