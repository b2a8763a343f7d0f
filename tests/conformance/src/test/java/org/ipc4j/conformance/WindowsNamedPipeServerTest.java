// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.tck.stream.NamedPipeServerContract;

/** The named pipe server of the provider {@code windows} keeps its contract. */
class WindowsNamedPipeServerTest extends NamedPipeServerContract {
    @Override
    protected NamedPipeServerProvider provider() {
        return Ipc.provider(NamedPipeServerProvider.class, "windows");
    }
}
