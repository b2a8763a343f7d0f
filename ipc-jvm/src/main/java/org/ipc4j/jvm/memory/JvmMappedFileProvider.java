// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.jvm.sys.JvmFiles;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MappedFileProvider;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Offers mapped files by {@link java.nio.channels.FileChannel}. On Windows too: what it does there
 * is {@code CreateFileMappingW} and {@code UnmapViewOfFile}, and a native provider could do no
 * more.
 */
public final class JvmMappedFileProvider implements MappedFileProvider {
    /** Does nothing. */
    public JvmMappedFileProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return Place.WINDOWS // where a mapped file keeps its name
                ? JvmFiles.capabilities(Capability.ATOMIC_APPEARANCE, Capability.EXACT_SIZE)
                : JvmFiles.capabilities(
                        Capability.ATOMIC_APPEARANCE,
                        Capability.EXACT_SIZE,
                        Capability.REMOVABLE_NAME);
    }

    @Override
    public MappedFile create(Path file, long byteSize, Access access) throws IpcException {
        Arguments.requireSize(byteSize);
        Objects.requireNonNull(access, "access");
        return JvmMappedFile.create(JvmFiles.file(file, access), byteSize, access);
    }

    @Override
    public MappedFile open(Path file, MappedFileOptions options) throws IpcException {
        return JvmMappedFile.open(JvmFiles.file(file, options.access()), options);
    }
}
