// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.IpcReport;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.spi.NamedObjectProvider;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** The provider for another system says so, and has nothing. */
class ForeignProviderTest {
    private static final String FOREIGN = Here.NATIVE.equals("windows") ? "posix" : "windows";
    private static final String SYSTEM = FOREIGN.equals("windows") ? "Windows" : "Linux";

    @Test
    void itIsUnavailableAndHasNothing() {
        List<IpcReport.Row> rows =
                Ipc.report().rows().stream().filter(row -> row.provider().equals(FOREIGN)).toList();
        assertFalse(rows.isEmpty(), FOREIGN);
        for (IpcReport.Row row : rows) {
            assertFalse(row.selected(), row::toString);
            String reason =
                    assertInstanceOf(Availability.Unavailable.class, row.availability()).reason();
            assertTrue(reason.startsWith("needs " + SYSTEM + " "), reason);
            MechanismProvider provider = Ipc.provider(row.mechanism().providerType(), FOREIGN);
            if (provider instanceof NamedObjectProvider named) {
                // A name that no file of Windows can have.
                IpcName name = IpcName.of(Names.fresh() + " ? ");
                assertEquals(Optional.empty(), named.find(name));
            }
        }
    }
}
