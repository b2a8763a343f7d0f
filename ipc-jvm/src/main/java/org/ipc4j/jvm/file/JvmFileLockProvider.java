// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.jvm.sys.JvmFiles;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileLockProvider;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** Offers locks of files by {@link java.nio.channels.FileLock}. */
public final class JvmFileLockProvider implements FileLockProvider {
    /** Does nothing. */
    public JvmFileLockProvider() {}

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
        return JvmFiles.capabilities();
    }

    @Override
    public SharedFileLock open(Path file, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return JvmFileLock.open(JvmFiles.file(file, access), access);
    }

    @Override
    public SharedFileLock createOrOpen(Path file, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return JvmFileLock.createOrOpen(JvmFiles.file(file, access), access);
    }
}
