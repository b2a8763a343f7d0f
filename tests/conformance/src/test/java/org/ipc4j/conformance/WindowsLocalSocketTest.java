// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.tck.stream.LocalSocketContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of local sockets. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsLocalSocketTest extends LocalSocketContract {
    @Override
    protected LocalSocketProvider provider() {
        return Ipc.provider(LocalSocketProvider.class, "windows");
    }

    @Override
    @Test
    protected void oneOfManyCreates() throws Exception {
        WineDifference.FIRST_PIPE_INSTANCE_IGNORED.skipUnderWine();
        super.oneOfManyCreates();
    }
}
