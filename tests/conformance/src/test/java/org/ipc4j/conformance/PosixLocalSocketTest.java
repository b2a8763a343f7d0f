// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.tck.stream.LocalSocketContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of local sockets. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixLocalSocketTest extends LocalSocketContract {
    @Override
    protected LocalSocketProvider provider() {
        return Ipc.provider(LocalSocketProvider.class, "posix");
    }
}
