// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import java.nio.charset.StandardCharsets;

/**
 * The name of an object that processes share.
 *
 * <p>A <em>portable</em> name ({@link #of}) is valid on every system; each provider maps it to the
 * exact key of its system ({@code /gate} for {@code shm_open(3)}), which the object tells as {@link
 * NamedObject#nativeKey()}, so that a C or Python program can open the same object. A
 * <em>native</em> name ({@link #ofNative}) is such a key, passed to the system as it is; it opens
 * an object that another program has made, and is as portable as that program.
 *
 * @param value the portable name or the native key
 * @param isNative whether {@code value} is a native key
 */
public record IpcName(String value, boolean isNative) {
    /**
     * The longest portable name, in bytes of UTF-8. Leaves room for what providers add to it within
     * 255.
     */
    public static final int MAX_BYTES = 200;

    /**
     * Checks the rules that hold on every system.
     *
     * @throws IllegalArgumentException if the name is empty or contains a NUL; for a portable name
     *     also if it is {@code "."} or {@code ".."}, contains a separator ({@code /} or {@code \}),
     *     a control character or an unpaired surrogate, or is longer than {@link #MAX_BYTES}
     */
    public IpcName {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a name needs at least one character");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name cannot contain the NUL character");
        }
        if (!isNative) {
            requirePortable(value);
        }
    }

    /**
     * Returns a portable name.
     *
     * @param name 1 to {@value #MAX_BYTES} bytes of UTF-8, without separators and control
     *     characters
     * @return the name
     * @throws IllegalArgumentException if {@code name} is not portable; the message says why
     */
    public static IpcName of(String name) {
        return new IpcName(name, false);
    }

    /**
     * Returns the name of an object by its system's own key, as {@link NamedObject#nativeKey()}
     * tells it.
     *
     * @param key the key, for example {@code "/gate"} or the path of a FIFO
     * @return the name
     * @throws IllegalArgumentException if {@code key} is empty or contains a NUL
     */
    public static IpcName ofNative(String key) {
        return new IpcName(key, true);
    }

    private static void requirePortable(String name) {
        if (name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" names a directory, choose another name");
        }
        name.codePoints()
                .forEach(c -> {
                    if (c == '/' || c == '\\') {
                        throw new IllegalArgumentException(
                                "a portable name cannot contain a separator: \""
                                        + name
                                        + "\" (for a key of the system, use IpcName.ofNative)");
                    }
                    if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                        throw new IllegalArgumentException(
                                "a portable name cannot contain U+%04X".formatted(c));
                    }
                });
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a portable name has at most "
                            + MAX_BYTES
                            + " bytes of UTF-8, this one has "
                            + bytes);
        }
    }

    /** Returns the name in quotes. */
    @Override
    public String toString() {
        return '"' + value + '"';
    }
}
