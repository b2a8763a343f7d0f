// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipeDataContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of the bytes in pipes. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsNamedPipeDataTest extends NamedPipeDataContract {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "windows");
    }

    /**
     * The JDK's linker makes a slice of the memory into which it puts the last error, 40 bytes. The
     * compiler removes it in most runs, and in some it leaves a few.
     */
    @Override
    protected int allocation() {
        return 4 * 40;
    }
}
