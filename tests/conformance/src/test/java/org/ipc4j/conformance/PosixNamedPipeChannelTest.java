// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipeChannelContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of pipes as channels. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixNamedPipeChannelTest extends NamedPipeChannelContract {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "posix");
    }
}
