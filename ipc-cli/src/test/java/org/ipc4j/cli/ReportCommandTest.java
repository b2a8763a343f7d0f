// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Mechanism;
import org.junit.jupiter.api.Test;

class ReportCommandTest {
    @Test
    void namesEveryMechanism() {
        Called report = Called.ipc("report");
        assertEquals(0, report.status(), report.err());
        Called json = Called.ipc("report", "--json");
        assertEquals(1, json.out().lines().count());
        for (Mechanism mechanism : Mechanism.values()) {
            assertTrue(report.out().contains(mechanism.key()), report.out());
            assertTrue(
                    json.out().contains("\"mechanism\":\"" + mechanism.key() + "\""), json.out());
        }
        assertTrue(json.out().contains("\"available\":true"), json.out());
    }
}
