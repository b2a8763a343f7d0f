// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.windows.sys.Native;

import java.util.Set;

/**
 * Named pipes whose names nobody can guess.
 *
 * <p>That is what {@code CreatePipe} makes too, but without overlapped operations: a read from it
 * holds its thread until bytes come, and could neither be timed nor be ended by an interrupt or a
 * close.
 */
public final class WindowsAnonymousPipeProvider implements AnonymousPipeProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsAnonymousPipeProvider() {}

    @Override
    public String name() {
        return "windows";
    }

    @Override
    public int rank() {
        return NATIVE_RANK;
    }

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
                Capability.ATOMIC_WRITES);
    }

    @Override
    public AnonymousPipe open() throws IpcException {
        IpcName name = RandomName.fresh();
        WindowsPipeReader.Listening listening = WindowsPipeReader.Listening.to(name, Access.OWNER);
        try {
            WindowsAnonymousPipeWriter writer =
                    new WindowsAnonymousPipeWriter(
                            PipeClient.connectAtOnce(name, Access.OWNER, PipeClient.WRITER));
            return new AnonymousPipe(new WindowsAnonymousPipeReader(listening, writer), writer);
        } catch (IpcException e) {
            listening.close();
            throw e;
        }
    }
}
