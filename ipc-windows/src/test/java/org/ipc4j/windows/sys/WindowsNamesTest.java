// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.windows.sys.gen.Windows;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Function;

/** The key of each kind, and its limit. */
class WindowsNamesTest {
    private static final List<Function<IpcName, String>> KINDS =
            List.of(WindowsNames::memory, WindowsNames::semaphore, WindowsNames::pipe);

    @Test
    void aKeyCarriesTheKind() {
        IpcName gate = IpcName.of("gate");
        assertEquals("Local\\shm.gate", WindowsNames.memory(gate));
        assertEquals("Local\\sem.gate", WindowsNames.semaphore(gate));
        assertEquals("\\\\.\\pipe\\gate", WindowsNames.pipe(gate));
    }

    @Test
    void aNativeKeyIsTakenAsItIs() {
        for (Function<IpcName, String> kind : KINDS) {
            assertEquals("Global\\gate", kind.apply(IpcName.ofNative("Global\\gate")));
        }
    }

    @Test
    void tooLongAKeyIsRefusedWithTheLimit() {
        assertEquals(Windows.MAX_PATH(), WindowsNames.MAX_OBJECT_NAME);
        for (Function<IpcName, String> kind : KINDS) {
            int limit = kind.apply(IpcName.of("gate")).startsWith("Local") ? 260 : 256;
            String longest = "x".repeat(limit);
            assertEquals(longest, kind.apply(IpcName.ofNative(longest)));
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> kind.apply(IpcName.ofNative(longest + "x")))
                            .getMessage();
            assertTrue(message.contains(" " + limit + " "), message);
        }
    }
}
