// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.tck.memory.MappedFileContentContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of the content of mapped files. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixMappedFileContentTest extends MappedFileContentContract {
    @Override
    protected MappedFileProvider provider() {
        return Ipc.provider(MappedFileProvider.class, "posix");
    }
}
