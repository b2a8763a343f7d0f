// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.tck.stream.NamedPipeConnectionContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The connections of the provider {@code windows} keep their contract. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsNamedPipeConnectionTest extends NamedPipeConnectionContract {
    @Override
    protected NamedPipeServerProvider provider() {
        return Ipc.provider(NamedPipeServerProvider.class, "windows");
    }
}
