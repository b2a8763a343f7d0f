// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.file.FileExchangeContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Whatever waits for versions of files of the provider {@code windows} keeps the waiting contract.
 */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsFileExchangeWaitingTest extends FileExchangeContract.Waiting {
    @Override
    protected FileExchangeProvider provider() {
        return Ipc.provider(FileExchangeProvider.class, "windows");
    }
}
