// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.tck.memory.AnonymousMemoryContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.ValueLayout;
import java.util.UUID;

/** The provider {@code windows} keeps the contract of memory without a name. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsAnonymousMemoryTest extends AnonymousMemoryContract {
    @Override
    protected SharedMemoryProvider provider() {
        return Ipc.provider(SharedMemoryProvider.class, "windows");
    }

    /** What it advises does the same: nothing is left when the last has closed it. */
    @Test
    void saysWhyAndWhatToDoInstead() throws Exception {
        String message =
                assertThrows(UnsupportedOperationException.class, () -> SharedMemory.anonymous(10))
                        .getMessage();
        assertTrue(message.contains("handles") && message.contains("random name"), message);
        IpcName name = IpcName.of("ipc4j-" + UUID.randomUUID());
        try (SharedMemory memory = SharedMemory.create(name, 10);
                SharedMemory other = SharedMemory.open(name)) {
            memory.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 7);
            assertEquals(7, other.segment().get(ValueLayout.JAVA_BYTE, 0));
        }
        assertThrows(NameNotFoundException.class, () -> SharedMemory.open(name));
    }
}
