// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipeChannelContract;

/** The provider {@code windows} keeps the contract of pipes as channels. */
class WindowsNamedPipeChannelTest extends NamedPipeChannelContract {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "windows");
    }
}
