// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.tck.stream.NamedPipeConnectionContract;

/** The connections of the provider {@code windows} keep their contract. */
class WindowsNamedPipeConnectionTest extends NamedPipeConnectionContract {
    @Override
    protected NamedPipeServerProvider provider() {
        return Ipc.provider(NamedPipeServerProvider.class, "windows");
    }
}
