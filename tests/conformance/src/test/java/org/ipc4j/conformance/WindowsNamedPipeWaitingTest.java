// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipeContract;

/** Whatever waits for pipes of the provider {@code windows} keeps the waiting contract. */
class WindowsNamedPipeWaitingTest extends NamedPipeContract.Waiting {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "windows");
    }
}
