// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.tck.file.FileLockContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of locks of files. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixFileLockTest extends FileLockContract {
    @Override
    protected FileLockProvider provider() {
        return Ipc.provider(FileLockProvider.class, "posix");
    }
}
