// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.tck.file.FileLockContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whatever waits for locks of files of the provider {@code windows} keeps the waiting contract. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsFileLockWaitingTest extends FileLockContract.Waiting {
    @Override
    protected FileLockProvider provider() {
        return Ipc.provider(FileLockProvider.class, "windows");
    }
}
