// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.Access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The permissions of files, on systems whose files have them. Elsewhere the directory decides. */
public final class Permissions {
    static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private static final FileAttribute<?>[] NONE = {};

    private Permissions() {}

    /** Tells whether files like this one have permissions. */
    public static boolean areKnown(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** For a new file, which nobody else shall open before {@link #set}. */
    public static FileAttribute<?>[] ownerOnly(Path file) {
        return areKnown(file) ? attributes(of(Access.OWNER)) : NONE;
    }

    /** For a new directory. */
    static FileAttribute<?>[] privateDirectory(Path directory) {
        return areKnown(directory) ? attributes(PRIVATE_DIRECTORY) : NONE;
    }

    /** Sets what {@code access} means, whatever the process's umask. */
    public static void set(Path file, Access access) throws IOException {
        if (areKnown(file)) {
            Files.setPosixFilePermissions(file, of(access));
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private static Set<PosixFilePermission> of(Access access) {
        return PosixFilePermissions.fromString(
                switch (access) {
                    case OWNER -> "rw-------";
                    case GROUP -> "rw-rw----";
                    case EVERYBODY -> "rw-rw-rw-";
                });
    }
}
