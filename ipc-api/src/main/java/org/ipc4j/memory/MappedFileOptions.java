// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import org.ipc4j.Access;
import org.ipc4j.file.FileRange;

import java.util.Objects;

/**
 * How a file is mapped.
 *
 * @param mode what for
 * @param range which part of it. It may start at any byte. A range that ends at {@link
 *     Long#MAX_VALUE} ends where the file does, as {@link FileRange#WHOLE}
 * @param access whose file is accepted
 */
public record MappedFileOptions(MappedFileMode mode, FileRange range, Access access) {
    /** The whole file, of the current user, for reading and writing. */
    public static final MappedFileOptions DEFAULT =
            new MappedFileOptions(MappedFileMode.READ_WRITE, FileRange.WHOLE, Access.OWNER);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one is null
     */
    public MappedFileOptions {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(access, "access");
    }

    /**
     * Returns these options with another mode.
     *
     * @param mode what the file is mapped for
     * @return the options
     */
    public MappedFileOptions withMode(MappedFileMode mode) {
        return new MappedFileOptions(mode, range, access);
    }

    /**
     * Returns these options with another range.
     *
     * @param range which part of the file is mapped
     * @return the options
     */
    public MappedFileOptions withRange(FileRange range) {
        return new MappedFileOptions(mode, range, access);
    }

    /**
     * Returns these options for the part of the file from a byte to the end.
     *
     * @param position the first byte
     * @return the options
     * @throws IllegalArgumentException if {@code position} is negative
     */
    public MappedFileOptions from(long position) {
        return withRange(new FileRange(position, Long.MAX_VALUE - Math.max(0, position)));
    }

    /**
     * Returns these options with another access.
     *
     * @param access whose file is accepted
     * @return the options
     */
    public MappedFileOptions withAccess(Access access) {
        return new MappedFileOptions(mode, range, access);
    }

    /**
     * Tells whether the range ends where the file does.
     *
     * @return {@code false} if it has an end of its own
     */
    public boolean isToTheEnd() {
        return range.end() == Long.MAX_VALUE;
    }
}
