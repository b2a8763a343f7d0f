// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.windows.sys.Native;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** Locks of files by {@code LockFileEx}. */
public final class WindowsFileLockProvider implements FileLockProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsFileLockProvider() {}

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
        return Native.availability("LockFileEx", "ReOpenFile");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.FOREIGN_PEERS,
                Capability.SHARED_ACCESS);
    }

    @Override
    public SharedFileLock open(Path file, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return WindowsFileLock.open(new LocalFile(file), access);
    }

    @Override
    public SharedFileLock createOrOpen(Path file, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return WindowsFileLock.createOrOpen(new LocalFile(file), access);
    }
}
