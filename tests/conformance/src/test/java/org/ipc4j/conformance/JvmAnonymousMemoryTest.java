// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.tck.memory.AnonymousMemoryContract;

/** The provider {@code jvm} keeps the contract of memory without a name. */
class JvmAnonymousMemoryTest extends AnonymousMemoryContract {
    @Override
    protected SharedMemoryProvider provider() {
        return Ipc.provider(SharedMemoryProvider.class, "jvm");
    }
}
