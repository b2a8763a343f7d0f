// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.IpcReport;
import org.ipc4j.Mechanism;

import java.util.List;

/**
 * What there is on this system; {@link RequiredTest} says what must be. Also for {@link ChildMain},
 * so it uses nothing of the test framework.
 */
final class Here {
    /** The name of the provider that is made for this system. */
    static final String NATIVE =
            System.getProperty("os.name").startsWith("Windows") ? "windows" : "posix";

    /** Its module. */
    static final String NATIVE_MODULE = "org.ipc4j." + NATIVE;

    private Here() {}

    /** The names of the providers of semaphores that are available. */
    static List<String> semaphoreProviders() {
        return providers(Mechanism.NAMED_SEMAPHORE);
    }

    /**
     * The names of the providers of a mechanism that are available, the one of highest rank first.
     */
    static List<String> providers(Mechanism mechanism) {
        return Ipc.report().rows().stream()
                .filter(row -> row.mechanism() == mechanism && row.availability().isAvailable())
                .map(IpcReport.Row::provider)
                .toList();
    }

    /** How many mechanisms a provider offers, available or not. */
    static long offers(String provider) {
        return Ipc.report().rows().stream().filter(row -> row.provider().equals(provider)).count();
    }

    /** The mechanisms that a provider offers, and that are available. */
    static List<Mechanism> mechanisms(String provider) {
        return List.of(Mechanism.values()).stream()
                .filter(mechanism -> providers(mechanism).contains(provider))
                .toList();
    }
}
