// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
    void aWordHasAKeyOfItsOwnThatIsNeverTooLong() {
        assertEquals("Local\\park.shm.gate.384", WindowsNames.parking("Local\\shm.gate", 384));
        assertEquals("Local\\park.C:/t/gate.0", WindowsNames.parking("C:\\t\\gate", 0));
        String one = WindowsNames.parking("Local\\a" + "x".repeat(300), 384);
        String other = WindowsNames.parking("Local\\b" + "x".repeat(300), 384);
        assertTrue(one.length() <= WindowsNames.MAX_OBJECT_NAME, one);
        assertTrue(one.endsWith("x.384"), one);
        assertNotEquals(one, other);
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
