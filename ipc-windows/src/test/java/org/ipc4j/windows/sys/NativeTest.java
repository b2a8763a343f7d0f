// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.windows.memory.WindowsSharedMemoryProvider;
import org.ipc4j.windows.sync.WindowsNamedSemaphoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.List;
import java.util.Optional;

/** What is not there is said to be so, with the reason. */
class NativeTest {
    private static final List<WindowsProvider> PROVIDERS =
            List.of(new WindowsSharedMemoryProvider(), new WindowsNamedSemaphoreProvider());

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anotherSystemIsNamedAndNothingIsTouched() {
        Availability expected =
                Availability.unavailable(
                        "needs Windows on x86-64, this is "
                                + System.getProperty("os.name")
                                + " on "
                                + System.getProperty("os.arch"));
        IpcName name = IpcName.of("gate");
        for (WindowsProvider provider : PROVIDERS) {
            assertEquals(expected, provider.availability());
            assertEquals(Optional.empty(), provider.find(name));
            assertEquals(false, provider.remove(name));
        }
    }

    @Test
    @EnabledOnOs(OS.WINDOWS)
    void isAvailableOnWindows() {
        for (WindowsProvider provider : PROVIDERS) {
            assertEquals(Availability.available(), provider.availability());
        }
        assertEquals(
                Availability.unavailable("this Windows has no NoSuchFunction"),
                Native.availability("CreateSemaphoreW", "NoSuchFunction"));
    }
}
