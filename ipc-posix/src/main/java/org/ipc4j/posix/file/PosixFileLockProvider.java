// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.spi.LocalFile;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** Locks of files by {@code F_OFD_SETLK}. */
public final class PosixFileLockProvider implements FileLockProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixFileLockProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("fcntl");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.FOREIGN_PEERS,
                Capability.SHARED_ACCESS,
                Capability.LOCK_HOLDER);
    }

    @Override
    public SharedFileLock open(Path file, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixFileLock.open(new LocalFile(file), access);
    }

    @Override
    public SharedFileLock createOrOpen(Path file, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixFileLock.createOrOpen(new LocalFile(file), access);
    }
}
