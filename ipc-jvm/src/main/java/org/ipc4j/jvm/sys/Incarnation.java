// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.IpcName;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One life of a named object, from its creation to its removal. Its lock file is {@code
 * ipc4j-lock.<family>.<id>}, and both numbers are in the object's memory.
 *
 * @param family the same for all objects of one name, so that the next one finds the lock files of
 *     the earlier ones
 * @param id random, so that no lock file's path is ever used again
 */
public record Incarnation(long family, long id) {
    private static final String KIND = "ipc4j-lock.";

    /** Tells the family of the objects that have their memory under a name. */
    static long family(IpcName memory) {
        return Names.hash(memory.value());
    }

    static Incarnation of(Path lockFile) {
        String fileName = Objects.toString(lockFile.getFileName());
        String[] parts = fileName.substring(KIND.length()).split("\\.");
        return new Incarnation(
                HexFormat.fromHexDigitsToLong(parts[0]), HexFormat.fromHexDigitsToLong(parts[1]));
    }

    /** Tells whether a file is the lock file of an object of a family. */
    static boolean isOfFamily(long family, String fileName) {
        String prefix = KIND + Names.digits(family) + ".";
        return fileName.startsWith(prefix) && Names.isRandom(fileName.substring(prefix.length()));
    }

    Path lockFile() {
        return Place.here().file(KIND, Names.digits(family) + "." + Names.digits(id));
    }
}
