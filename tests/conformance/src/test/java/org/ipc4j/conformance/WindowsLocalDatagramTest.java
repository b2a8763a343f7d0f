// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.tck.stream.LocalDatagramContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of local datagrams. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsLocalDatagramTest extends LocalDatagramContract {
    @Override
    protected LocalSocketProvider provider() {
        return Ipc.provider(LocalSocketProvider.class, "windows");
    }
}
