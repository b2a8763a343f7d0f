// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.tck.sync.NamedSemaphoreContract;

/** The provider {@code windows} keeps the contract of semaphores. */
class WindowsNamedSemaphoreTest extends NamedSemaphoreContract {
    @Override
    protected NamedSemaphoreProvider provider() {
        return Ipc.provider(NamedSemaphoreProvider.class, "windows");
    }
}
