// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.IpcName;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes names out of names. */
public final class Names {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH_DIGITS = 16;

    private Names() {}

    /**
     * Returns the name of the shared memory that an object is composed of.
     *
     * @param prefix tells the kind, since all memory is in one name space
     * @param name the object's name; a native one is the memory's own
     */
    public static IpcName composed(String prefix, IpcName name) {
        return name.isNative() ? name : IpcName.of(shortened(prefix, name.value()));
    }

    /** Puts a prefix before a name, and cuts what is too long for a portable name then. */
    static String shortened(String prefix, String name) {
        return cut(prefix + name, IpcName.MAX_BYTES);
    }

    /** Cuts a name that is too long; one that is cut is told from others by its hash. */
    public static String cut(String name, int maxBytes) {
        if (bytes(name) <= maxBytes) {
            return name;
        }
        String end = "~" + digits(hash(name));
        int[] letters = name.codePoints().toArray();
        int length = letters.length;
        String start;
        do {
            start = new String(letters, 0, --length);
        } while (bytes(start) > maxBytes - end.length());
        return start + end;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns 64 bits of SHA-256. */
    public static long hash(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return Long.parseUnsignedLong(HEX.formatHex(hash, 0, Long.BYTES), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Returns sixteen digits for 64 bits. */
    public static String digits(long bits) {
        return HEX.toHexDigits(bits);
    }

    /** Returns sixteen random digits. */
    static String random() {
        return digits(ThreadLocalRandom.current().nextLong());
    }

    /** Tells whether these could be sixteen random digits. */
    static boolean isRandom(String digits) {
        return digits.length() == HASH_DIGITS && digits.chars().allMatch(HexFormat::isHexDigit);
    }

    /**
     * Writes a name so that every file system takes it and tells it from others, also one that
     * ignores case or knows forbidden characters: {@code Gate?} becomes {@code %47ate%3F}.
     */
    static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
        if (encoded.charAt(encoded.length() - 1) == '.') { // Windows would drop it
            encoded.setLength(encoded.length() - 1);
            encoded.append("%2E");
        }
        return encoded.toString();
    }
}
