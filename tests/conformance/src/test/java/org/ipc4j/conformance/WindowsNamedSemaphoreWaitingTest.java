// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.tck.sync.NamedSemaphoreContract;

/** Whatever waits for semaphores of the provider {@code windows} keeps the waiting contract. */
class WindowsNamedSemaphoreWaitingTest extends NamedSemaphoreContract.Waiting {
    @Override
    protected NamedSemaphoreProvider provider() {
        return Ipc.provider(NamedSemaphoreProvider.class, "windows");
    }
}
