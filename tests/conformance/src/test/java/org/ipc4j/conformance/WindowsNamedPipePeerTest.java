// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipePeerContract;

/**
 * The provider {@code windows} keeps the contract of what the ends of a pipe learn of each other.
 */
class WindowsNamedPipePeerTest extends NamedPipePeerContract {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "windows");
    }
}
