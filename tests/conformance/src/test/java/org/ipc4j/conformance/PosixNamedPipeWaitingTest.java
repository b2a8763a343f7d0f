// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipeContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whatever waits for pipes of the provider {@code posix} keeps the waiting contract. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixNamedPipeWaitingTest extends NamedPipeContract.Waiting {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "posix");
    }
}
