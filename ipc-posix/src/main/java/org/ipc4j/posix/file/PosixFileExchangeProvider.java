// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.Access;
import org.ipc4j.file.FileExchange;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.spi.LocalFile;

import java.nio.file.Path;
import java.util.Set;

/** Files that are replaced by {@code rename(2)}. */
public final class PosixFileExchangeProvider implements FileExchangeProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixFileExchangeProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("fcntl", "inotify_init1");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE);
    }

    @Override
    public FileExchange at(Path file, Access access) {
        return new PosixFileExchange(new LocalFile(file), access);
    }
}
