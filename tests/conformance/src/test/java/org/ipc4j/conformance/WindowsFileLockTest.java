// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.tck.file.FileLockContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code windows} keeps the contract of locks of files. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsFileLockTest extends FileLockContract {
    @Override
    protected FileLockProvider provider() {
        return Ipc.provider(FileLockProvider.class, "windows");
    }
}
