// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The directory of Linux where the local sockets of a user are found by portable names: the same
 * one for every provider. Whoever uses it creates it with mode 0700, and then checks that it is a
 * directory of that mode that belongs to this user.
 *
 * <p>It is {@code ipc4j} in {@code $XDG_RUNTIME_DIR}; if that is not set, or is no directory of
 * this user that others cannot write, it is {@code ipc4j-UID} in {@code /dev/shm}, or in {@code
 * /tmp} where there is no such directory.
 */
public final class RuntimeFolder {
    /** The longest file name: what is left of a socket's path behind a link to its directory. */
    public static final int MAX_FILE_NAME = 80;

    private static final String SUFFIX = ".sock";
    private static final int HASH_DIGITS = 16;

    private static final int FILE_TYPE = 0170000; // inode(7)
    private static final int DIRECTORY = 0040000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    private RuntimeFolder() {}

    /**
     * Finds the directory of who runs this process. Creates nothing.
     *
     * @return its path, or empty on a system that does not tell who we are
     */
    public static Optional<Path> path() {
        OptionalInt user = FileOwner.user();
        return user.isPresent() ? Optional.of(path(user.getAsInt())) : Optional.empty();
    }

    /**
     * Finds the directory of a user. Creates nothing.
     *
     * @param user the number of who runs this process
     * @return its path
     */
    public static Path path(int user) {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && runtime.startsWith("/") && isOwn(Path.of(runtime), user)) {
            return Path.of(runtime, "ipc4j");
        }
        Path memory = Path.of("/dev/shm");
        Path parent =
                Files.isDirectory(memory, LinkOption.NOFOLLOW_LINKS) ? memory : Path.of("/tmp");
        return parent.resolve("ipc4j-" + Integer.toUnsignedString(user));
    }

    /** After {@code su}, the variable may still name the directory of somebody else. */
    private static boolean isOwn(Path folder, int user) {
        try {
            Map<String, Object> facts =
                    Files.readAttributes(folder, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            int mode = (int) facts.get("mode");
            return (mode & FILE_TYPE) == DIRECTORY
                    && (mode & WRITABLE_BY_OTHERS) == 0
                    && (int) facts.get("uid") == user;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Returns a socket's file name: the name with {@code .sock} behind it. One that is too long is
     * cut, and told from others by its hash.
     *
     * @param name a portable name
     * @return at most {@value #MAX_FILE_NAME} bytes of UTF-8
     */
    public static String fileName(IpcName name) {
        String whole = name.value() + SUFFIX;
        if (bytes(whole) <= MAX_FILE_NAME) {
            return whole;
        }
        String end = "~" + hash(name.value()) + SUFFIX;
        int[] letters = name.value().codePoints().toArray();
        int length = letters.length;
        String start;
        do {
            start = new String(letters, 0, --length);
        } while (bytes(start) > MAX_FILE_NAME - end.length());
        return start + end;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hash(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
