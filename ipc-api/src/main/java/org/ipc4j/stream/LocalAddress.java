// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.IpcName;
import org.ipc4j.spi.LocalFile;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a local socket is found.
 *
 * @param kind how it is found
 * @param name what it is called: a portable name, the path of its file as a native name, or the
 *     abstract name behind an {@code @} as a native name
 */
public record LocalAddress(Kind kind, IpcName name) {
    /** How a local socket is found. */
    public enum Kind {
        /** In the directory of this user that only the user can enter. */
        NAME,
        /** By the path of its file. */
        PATH,
        /**
         * By a name of Linux's own, without a file. Nobody owns such a name: any user may take it
         * first, and any may connect; the credentials alone tell who it is.
         */
        ABSTRACT
    }

    /**
     * Checks that kind and name belong together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public LocalAddress {
        Objects.requireNonNull(kind, "kind");
        if (name.isNative() == (kind == Kind.NAME)) {
            throw new IllegalArgumentException(
                    "a portable name is of kind NAME, a native one of another: " + kind + name);
        }
        if (kind == Kind.ABSTRACT && (!name.value().startsWith("@") || name.value().length() < 2)) {
            throw new IllegalArgumentException(
                    "an abstract name is written as @ and at least one more character, not "
                            + name);
        }
    }

    /**
     * Returns the address of a name.
     *
     * @param name a portable name, found in the user's own directory; or a native one, which is the
     *     path of the socket's file
     * @return the address
     */
    public static LocalAddress of(IpcName name) {
        return name.isNative() ? of(Path.of(name.value())) : new LocalAddress(Kind.NAME, name);
    }

    /**
     * Returns the address of a file.
     *
     * @param file the socket's file; it is made absolute
     * @return the address
     * @throws IllegalArgumentException if it belongs to a file system of Java's own
     */
    public static LocalAddress of(Path file) {
        return new LocalAddress(Kind.PATH, new LocalFile(file).name());
    }

    /**
     * Returns an address without a file. Only Linux has these.
     *
     * @param name one or more characters
     * @return the address
     * @throws IllegalArgumentException if {@code name} is empty or contains a NUL
     */
    public static LocalAddress ofAbstract(String name) {
        return new LocalAddress(Kind.ABSTRACT, IpcName.ofNative("@" + name));
    }

    /** Returns the name in quotes. */
    @Override
    public String toString() {
        return name.toString();
    }
}
