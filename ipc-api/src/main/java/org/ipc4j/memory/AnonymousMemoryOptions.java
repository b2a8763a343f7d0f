// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What memory without a name shall be like.
 *
 * @param byteSize its size in bytes, at least 1
 * @param writers who can write it
 * @param initializer writes the first content into the memory, which is all zeros before
 */
public record AnonymousMemoryOptions(
        long byteSize, MemoryWriters writers, Consumer<MemorySegment> initializer) {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     * @throws NullPointerException if {@code writers} or {@code initializer} is null
     */
    public AnonymousMemoryOptions {
        if (byteSize < 1) {
            throw new IllegalArgumentException(
                    "shared memory needs a size of at least 1 byte, not " + byteSize);
        }
        Objects.requireNonNull(writers, "writers");
        Objects.requireNonNull(initializer, "initializer");
    }

    /**
     * Returns options for zeroed memory that all who have it can write.
     *
     * @param byteSize the size in bytes, at least 1
     * @return the options
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    public static AnonymousMemoryOptions ofSize(long byteSize) {
        return new AnonymousMemoryOptions(byteSize, MemoryWriters.ALL, segment -> {});
    }

    /**
     * Returns these options with other writers.
     *
     * @param writers who can write the memory
     * @return the options
     */
    public AnonymousMemoryOptions writableBy(MemoryWriters writers) {
        return new AnonymousMemoryOptions(byteSize, writers, initializer);
    }

    /**
     * Returns these options with a first content.
     *
     * @param initializer writes the first content
     * @return the options
     */
    public AnonymousMemoryOptions initializedBy(Consumer<MemorySegment> initializer) {
        return new AnonymousMemoryOptions(byteSize, writers, initializer);
    }
}
