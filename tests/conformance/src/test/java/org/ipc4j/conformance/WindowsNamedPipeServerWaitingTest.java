// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.tck.stream.NamedPipeServerContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whatever waits for pipe servers of the provider {@code windows} keeps the waiting contract. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsNamedPipeServerWaitingTest extends NamedPipeServerContract.Waiting {
    @Override
    protected NamedPipeServerProvider provider() {
        return Ipc.provider(NamedPipeServerProvider.class, "windows");
    }
}
