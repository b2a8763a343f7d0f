// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand virtual threads that wait, in a JVM with two carriers, do not stop one more from
 * working.
 */
class CrowdTest {
    @ParameterizedTest
    @MethodSource("org.ipc4j.conformance.Here#semaphoreProviders")
    @Timeout(120)
    void aWaitingCrowdDoesNotStopOthers(String provider) throws Exception {
        try (Child child =
                Child.modular(
                        "-Dorg.ipc4j.provider=" + provider,
                        "-Djdk.virtualThreadScheduler.parallelism=2",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=2")) {
            assertEquals(
                    "5000 acquired, 5000 closed", child.ask("crowd " + Names.fresh() + " 10000"));
        }
    }
}
