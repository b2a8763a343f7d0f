// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import org.ipc4j.Access;
import org.ipc4j.file.FileExchange;
import org.ipc4j.jvm.sys.JvmFiles;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileExchangeProvider;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** Offers files that are replaced by an atomic move. */
public final class JvmFileExchangeProvider implements FileExchangeProvider {
    /** Does nothing. */
    public JvmFileExchangeProvider() {}

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
        return Place.WINDOWS // where a file is not moved onto one that somebody has open
                ? JvmFiles.capabilities(Capability.ATOMIC_APPEARANCE)
                : JvmFiles.capabilities(Capability.ATOMIC_APPEARANCE, Capability.REMOVABLE_NAME);
    }

    @Override
    public FileExchange at(Path file, Access access) {
        Objects.requireNonNull(access, "access");
        return new JvmFileExchange(JvmFiles.file(file, access), access);
    }
}
