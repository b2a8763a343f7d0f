// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

/**
 * The bytes of a file that a lock is about. They need not exist: a range may lie beyond the end of
 * the file, where programs agree on what a byte stands for.
 *
 * @param position the first byte, 0 or more
 * @param size how many bytes, 1 or more
 */
public record FileRange(long position, long size) {
    /** All bytes that a file has and may ever have. */
    public static final FileRange WHOLE = new FileRange(0, Long.MAX_VALUE);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code position} is negative, {@code size} is not
     *     positive, or the two add up to more than {@link Long#MAX_VALUE}
     */
    public FileRange {
        if (position < 0 || size <= 0 || position > Long.MAX_VALUE - size) {
            throw new IllegalArgumentException(
                    "a range starts at 0 or later, has a byte or more, and ends before 2^63; this"
                            + " one is "
                            + size
                            + " bytes from "
                            + position);
        }
    }

    /**
     * Returns the end.
     *
     * @return the first byte after this range
     */
    public long end() {
        return position + size;
    }

    /**
     * Tells whether a byte is in both.
     *
     * @param other another range
     * @return {@code true} if there is such a byte
     */
    public boolean overlaps(FileRange other) {
        return position < other.end() && other.position < end();
    }
}
