// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.spi.LocalFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** What all mechanisms of files that the user names can do on this system. */
public final class JvmFiles {
    private JvmFiles() {}

    /**
     * Returns the capabilities that all have here.
     *
     * @param besides what one mechanism has besides
     */
    public static Set<Capability> capabilities(Capability... besides) {
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
    public static LocalFile file(Path path, Access access) {
        LocalFile file = new LocalFile(path);
        if (access != Access.OWNER && !Permissions.areKnown(file.path())) {
            throw new UnsupportedOperationException(
                    "files have no permissions here but those of their directory; Access."
                            + access
                            + " cannot be asked for");
        }
        return file;
    }

    /**
     * Looks before a file is opened: to open a FIFO could block, to open a device could have an
     * effect. Is {@link FileWork}.
     *
     * @param name the object's name, for messages
     * @param access whose file is accepted
     */
    public static void requireAcceptable(IpcName name, Path path, Access access)
            throws IOException {
        boolean isRegular = (boolean) Files.getAttribute(path, "isRegularFile", NOFOLLOW_LINKS);
        FileOwner.require(name, path, access, NOFOLLOW_LINKS);
        if (!isRegular) {
            throw new IncompatibleException(
                    name, path + " is a link, a directory or a special file");
        }
    }
}
