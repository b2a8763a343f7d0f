// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.tck.memory.MappedFileContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of mapped files. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixMappedFileTest extends MappedFileContract {
    @Override
    protected MappedFileProvider provider() {
        return Ipc.provider(MappedFileProvider.class, "posix");
    }
}
