// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import org.ipc4j.Access;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a {@link SharedMemory} shall be like.
 *
 * @param byteSize its size in bytes, at least 1
 * @param access who it is for
 * @param initializer writes the first content into the memory, which is all zeros before. It runs
 *     once, in the process that creates, before anybody else can open the object (with {@link
 *     org.ipc4j.spi.Capability#ATOMIC_APPEARANCE}; elsewhere, publish a version word last)
 */
public record SharedMemoryOptions(
        long byteSize, Access access, Consumer<MemorySegment> initializer) {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     * @throws NullPointerException if {@code access} or {@code initializer} is null
     */
    public SharedMemoryOptions {
        if (byteSize < 1) {
            throw new IllegalArgumentException(
                    "shared memory needs a size of at least 1 byte, not " + byteSize);
        }
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(initializer, "initializer");
    }

    /**
     * Returns options for zeroed memory of the current user.
     *
     * @param byteSize the size in bytes, at least 1
     * @return the options
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    public static SharedMemoryOptions ofSize(long byteSize) {
        return new SharedMemoryOptions(byteSize, Access.OWNER, segment -> {});
    }

    /**
     * Returns these options with another access.
     *
     * @param access who the memory is for
     * @return the options
     */
    public SharedMemoryOptions withAccess(Access access) {
        return new SharedMemoryOptions(byteSize, access, initializer);
    }

    /**
     * Returns these options with a first content.
     *
     * @param initializer writes the first content
     * @return the options
     */
    public SharedMemoryOptions initializedBy(Consumer<MemorySegment> initializer) {
        return new SharedMemoryOptions(byteSize, access, initializer);
    }
}
