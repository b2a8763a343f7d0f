// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.spi.Availability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.FunctionDescriptor;

/** What is not there is said to be so, with the reason. */
class NativeTest {
    private final String system = System.getProperty("os.name");
    private final String processor = System.getProperty("os.arch");

    @AfterEach
    void restore() {
        System.setProperty("os.name", system);
        System.setProperty("os.arch", processor);
    }

    @Test
    void isAvailableHere() {
        assertEquals(Availability.available(), Native.availability("sem_open", "shm_open"));
    }

    @Test
    void otherSystemsAndProcessorsAreNamed() {
        System.setProperty("os.name", "Mac OS X");
        assertEquals(
                Availability.unavailable(
                        "needs Linux on x86-64 or aarch64, this is Mac OS X on " + processor),
                Native.availability());
        System.setProperty("os.name", system);
        System.setProperty("os.arch", "riscv64");
        assertEquals(
                Availability.unavailable(
                        "needs Linux on x86-64 or aarch64, this is " + system + " on riscv64"),
                Native.availability());
    }

    @Test
    void aMissingFunctionIsNamed() {
        assertEquals(
                Availability.unavailable("the C library has no no_such_function"),
                Native.availability("sem_open", "no_such_function"));
        assertTrue(Native.find("no_such_function").isEmpty());
        assertThrows(
                UnsupportedOperationException.class,
                () -> Native.linkCritical("no_such_function", FunctionDescriptor.ofVoid()));
    }
}
