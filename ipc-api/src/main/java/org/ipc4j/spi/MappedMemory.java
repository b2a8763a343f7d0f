// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;

import java.lang.foreign.MemorySegment;

/** A {@link SharedMemory} over a mapping that ends with a shared arena. */
public class MappedMemory implements SharedMemory {
    private final IpcName name;
    private final String nativeKey;
    private final Mapping mapping;

    /**
     * Takes over a mapping.
     *
     * @param name the memory's name
     * @param nativeKey the system's key
     * @param unmap unmaps the memory, or throws {@link IllegalStateException} if a system call is
     *     using it, as {@link java.lang.foreign.Arena#close()} does
     * @param segment the memory; read-only if it was opened so
     */
    public MappedMemory(IpcName name, String nativeKey, Runnable unmap, MemorySegment segment) {
        this.name = name;
        this.nativeKey = nativeKey;
        this.mapping = new Mapping(name, segment, unmap);
    }

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final String nativeKey() {
        return nativeKey;
    }

    @Override
    public final boolean isOpen() {
        return mapping.isOpen();
    }

    @Override
    public final MemorySegment segment() {
        return mapping.segment();
    }

    @Override
    public final long byteSize() {
        return mapping.segment().byteSize();
    }

    /**
     * {@inheritDoc} A mapping cannot go while a system call reads or writes it, so it may go a
     * little later, in the background.
     */
    @Override
    public final void close() {
        mapping.close();
    }
}
