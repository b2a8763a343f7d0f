// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.tck.sync.NamedSemaphoreContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of semaphores. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsNamedSemaphoreTest extends NamedSemaphoreContract {
    @Override
    protected NamedSemaphoreProvider provider() {
        return Ipc.provider(NamedSemaphoreProvider.class, "windows");
    }
}
