// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.file.FileExchangeOthersContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of exchanges of files, beside other programs. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsFileExchangeOthersTest extends FileExchangeOthersContract {
    @Override
    protected FileExchangeProvider provider() {
        return Ipc.provider(FileExchangeProvider.class, "windows");
    }
}
