// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.tck.memory.AnonymousMemoryContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of memory without a name. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsAnonymousMemoryTest extends AnonymousMemoryContract {
    @Override
    protected SharedMemoryProvider provider() {
        return Ipc.provider(SharedMemoryProvider.class, "windows");
    }
}
