// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.IpcName;

/**
 * From names to the system's keys.
 *
 * <p>Windows has one name space for all kinds of kernel objects, so the key of a portable name
 * carries the kind. It is in {@code Local\}, the session of the logged-in user; {@code Global\},
 * the whole machine, must be asked for with a native key.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/termserv/kernel-object-namespaces">Kernel
 *     object namespaces</a>
 */
public final class WindowsNames {
    /**
     * {@code MAX_PATH}, which is what Win32 says of the names of kernel objects. Not read from the
     * bindings: names are mapped on other systems too.
     */
    static final int MAX_OBJECT_NAME = 260;

    /** What {@code CreateNamedPipeW} says of the whole name. */
    private static final int MAX_PIPE_NAME = 256;

    private static final String LOCAL = "Local\\";
    private static final String PARKING = "Local\\park.";
    private static final String PIPES = "\\\\.\\pipe\\";

    private WindowsNames() {}

    /**
     * Returns the key of shared memory.
     *
     * @param name a name
     * @return the native key as it is; for a portable name {@code Local\shm.name}
     * @throws IllegalArgumentException if a native key is too long
     */
    public static String memory(IpcName name) {
        return key("Local\\shm.", name, MAX_OBJECT_NAME);
    }

    /**
     * Returns the key of a semaphore.
     *
     * @param name a name
     * @return the native key as it is; for a portable name {@code Local\sem.name}
     * @throws IllegalArgumentException if a native key is too long
     */
    public static String semaphore(IpcName name) {
        return key("Local\\sem.", name, MAX_OBJECT_NAME);
    }

    /**
     * Returns the key of a pipe.
     *
     * @param name a name
     * @return the native key as it is; for a portable name {@code \\.\pipe\name}
     * @throws IllegalArgumentException if a native key is too long
     */
    public static String pipe(IpcName name) {
        return key(PIPES, name, MAX_PIPE_NAME);
    }

    /**
     * Returns the key of what wakes those who sleep at a word of shared memory.
     *
     * @param memoryKey the memory's key; of plain Java it is a path, whose separators cannot be in
     *     a key
     * @param offset where the word is
     * @return for example {@code Local\park.shm.name.384}
     */
    public static String parking(String memoryKey, long offset) {
        String memory =
                memoryKey.startsWith(LOCAL) ? memoryKey.substring(LOCAL.length()) : memoryKey;
        String rest = memory.replace('\\', '/') + "." + offset;
        int room = MAX_OBJECT_NAME - PARKING.length();
        return PARKING
                + (rest.length() <= room
                        ? rest
                        : Integer.toHexString(rest.hashCode())
                                + rest.substring(rest.length() - room + Integer.SIZE / 4));
    }

    private static String key(String prefix, IpcName name, int limit) {
        if (!name.isNative()) {
            return prefix + name.value();
        }
        int length = name.value().length();
        if (length > limit) {
            throw new IllegalArgumentException(
                    "a key of Windows has at most "
                            + limit
                            + " characters here, this one has "
                            + length);
        }
        return name.value();
    }
}
