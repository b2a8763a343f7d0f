// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

/**
 * Who can write memory without a name. The system holds everybody to it who gets the memory, also
 * who is hostile.
 */
public enum MemoryWriters {
    /** Whoever has it. */
    ALL,
    /**
     * Only who created it, through the object that {@link SharedMemory#anonymous} returned. Others
     * see what it writes.
     */
    CREATOR,
    /**
     * Nobody any more, once the {@linkplain AnonymousMemoryOptions#initializer() initializer} has
     * run. Who receives it can trust that what was checked stays so.
     */
    NOBODY
}
