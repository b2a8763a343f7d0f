// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.file;

import org.ipc4j.Access;
import org.ipc4j.file.FileExchange;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.windows.sys.Native;

import java.nio.file.Path;
import java.util.Set;

/** Files that are replaced by {@code MoveFileExW}. */
public final class WindowsFileExchangeProvider implements FileExchangeProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsFileExchangeProvider() {}

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
        return Native.availability("LockFileEx", "ReOpenFile", "ReplaceFileW");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE);
    }

    @Override
    public FileExchange at(Path file, Access access) {
        return new WindowsFileExchange(new LocalFile(file), access);
    }
}
