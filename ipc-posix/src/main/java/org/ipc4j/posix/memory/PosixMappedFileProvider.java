// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.memory;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.MappedFileProvider;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** Mapped files by {@code mmap(2)}. */
public final class PosixMappedFileProvider implements MappedFileProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixMappedFileProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("mmap", "posix_fallocate");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE,
                Capability.EXACT_SIZE,
                Capability.HANDLE_PASSING);
    }

    @Override
    public MappedFile create(Path file, long byteSize, Access access) throws IpcException {
        Arguments.requireSize(byteSize);
        Objects.requireNonNull(access, "access");
        return PosixMappedFile.create(new LocalFile(file), byteSize, access);
    }

    @Override
    public MappedFile open(Path file, MappedFileOptions options) throws IpcException {
        Objects.requireNonNull(options, "options");
        return PosixMappedFile.open(new LocalFile(file), options);
    }

    @Override
    public MappedFile adopt(AdoptableHandle handle, MappedFileOptions options) throws IpcException {
        Objects.requireNonNull(options, "options");
        return PosixMappedFile.adopt(handle, options);
    }
}
