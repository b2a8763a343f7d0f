// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.file.FileExchangeContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of exchanges of files. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsFileExchangeTest extends FileExchangeContract {
    @Override
    protected FileExchangeProvider provider() {
        return Ipc.provider(FileExchangeProvider.class, "windows");
    }

    @Override
    @Test
    protected void versionsStay() throws Exception {
        WineDifference.OPEN_FILES_ARE_NOT_REPLACED.skipUnderWine();
        super.versionsStay();
    }
}
