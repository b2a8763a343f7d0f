// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;

import java.lang.foreign.ValueLayout;

/** {@code shm}: {@link SharedMemory}. */
final class Shm implements Mechanism {
    private SharedMemory memory;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "create" -> memory = SharedMemory.create(words.name(), options(words));
            case "createOrOpen" -> memory = SharedMemory.createOrOpen(words.name(), options(words));
            case "open" -> memory = SharedMemory.open(words.name(), words.access(1));
            case "openReadOnly" ->
                    memory = SharedMemory.openReadOnly(words.name(), words.access(1));
            case "size" -> {
                return Long.toString(memory.byteSize());
            }
            case "write" -> Content.fill(memory.segment(), words.big(0));
            case "verify" -> {
                long mismatch = Content.mismatch(memory.segment(), words.big(0));
                if (mismatch >= 0) {
                    throw new IllegalStateException("differs at " + mismatch);
                }
            }
            case "digest" -> {
                return Content.digest(memory.segment().toArray(ValueLayout.JAVA_BYTE));
            }
            case "close" -> memory.close();
            case "unlink" -> {
                return Mechanism.done(SharedMemory.remove(words.name()));
            }
            case "runCreator" ->
                    Creator.run(
                            () -> SharedMemory.create(words.name(), full(words)),
                            () -> SharedMemory.remove(words.name()));
            default -> Mechanism.unknown(verb);
        }
        return verb.startsWith("create") || verb.startsWith("open") ? memory.nativeKey() : "";
    }

    /** Memory that is never seen without its content. */
    private static SharedMemoryOptions full(Words words) {
        return options(words).initializedBy(segment -> Content.fill(segment, 0));
    }

    private static SharedMemoryOptions options(Words words) {
        return SharedMemoryOptions.ofSize(words.big(1)).withAccess(words.access(2));
    }
}
