// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

class MechanismTest {
    @Test
    void keysAreDistinct() {
        assertEquals(
                Mechanism.values().length,
                Arrays.stream(Mechanism.values()).map(Mechanism::key).distinct().count());
    }

    @Test
    void providerTypesLeadBack() {
        for (Mechanism mechanism : Mechanism.values()) {
            assertEquals(mechanism, Mechanism.of(mechanism.providerType()));
            assertTrue(mechanism.providerType().isInterface());
        }
        assertThrows(IllegalArgumentException.class, () -> Mechanism.of(MechanismProvider.class));
        assertThrows(IllegalArgumentException.class, () -> Ipc.provider(NamedObjectProvider.class));
        assertThrows(NullPointerException.class, () -> Ipc.provider(null));
    }

    @Test
    void withoutAProviderTheMessageSaysWhatToDo() {
        String message =
                assertThrows(
                                UnsupportedOperationException.class,
                                () -> NamedSemaphore.create(IpcName.of("x"), 1))
                        .getMessage();
        assertTrue(message.contains("named-semaphore") && message.contains("ipc-jvm"), message);
        message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ipc.provider(NamedSemaphoreProvider.class, "posix"))
                        .getMessage();
        assertTrue(message.contains("posix") && message.contains("named-semaphore"), message);
        assertEquals(List.of(), Ipc.report().rows());
    }

    @Test
    void reportIsATable() {
        IpcReport report =
                new IpcReport(
                        List.of(
                                new IpcReport.Row(
                                        Mechanism.NAMED_PIPE,
                                        "posix",
                                        true,
                                        Availability.available(),
                                        Set.of(Capability.ATOMIC_WRITES, Capability.CROSS_PROCESS)),
                                new IpcReport.Row(
                                        Mechanism.NAMED_PIPE,
                                        "jvm",
                                        false,
                                        Availability.unavailable("no sockets here"),
                                        Set.of())));
        List<String> lines = report.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0)
                        .matches("named-pipe +posix\\* +available +CROSS_PROCESS ATOMIC_WRITES"),
                lines.get(0));
        assertTrue(
                lines.get(1).matches("named-pipe +jvm +unavailable: no sockets here"),
                lines.get(1));
        assertThrows(UnsupportedOperationException.class, () -> report.rows().clear());
    }

    @Test
    void availabilityTellsTheReason() {
        assertTrue(Availability.available().isAvailable());
        assertFalse(Availability.unavailable("why").isAvailable());
        assertEquals("unavailable: why", Availability.unavailable("why").toString());
    }
}
