// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import org.ipc4j.Access;
import org.ipc4j.jvm.sys.Permissions;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalFile;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** What both mechanisms of files can do on this system. */
final class JvmFiles {
    private JvmFiles() {}

    static Set<Capability> capabilities(Capability... besides) {
        Set<Capability> all =
                EnumSet.of(
                        Capability.CROSS_PROCESS,
                        Capability.OUTLIVES_CREATOR,
                        Capability.FOREIGN_PEERS);
        all.addAll(Set.of(besides));
        if (!Place.WINDOWS) {
            all.add(Capability.SHARED_ACCESS);
        }
        return Set.copyOf(all);
    }

    /**
     * Returns a file.
     *
     * @throws UnsupportedOperationException if {@code access} cannot be had here
     */
    static LocalFile file(Path path, Access access) {
        LocalFile file = new LocalFile(path);
        if (access != Access.OWNER && !Permissions.areKnown(file.path())) {
            throw new UnsupportedOperationException(
                    "files have no permissions here but those of their directory; Access."
                            + access
                            + " cannot be asked for");
        }
        return file;
    }
}
