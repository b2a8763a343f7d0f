// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.IpcReport;
import org.ipc4j.Mechanism;

import java.util.List;

/** What there is on this system; {@link RequiredTest} says what must be. */
final class Here {
    private Here() {}

    /** The names of the providers of semaphores that are available. */
    static List<String> semaphoreProviders() {
        return providers(Mechanism.NAMED_SEMAPHORE);
    }

    /** The names of the providers of a mechanism that are available, the selected one first. */
    static List<String> providers(Mechanism mechanism) {
        return Ipc.report().rows().stream()
                .filter(row -> row.mechanism() == mechanism && row.availability().isAvailable())
                .map(IpcReport.Row::provider)
                .toList();
    }
}
