// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.tck.memory.MappedFileContentContract;

/** The provider {@code jvm} keeps the contract of the content of mapped files. */
class JvmMappedFileContentTest extends MappedFileContentContract {
    @Override
    protected MappedFileProvider provider() {
        return Ipc.provider(MappedFileProvider.class, "jvm");
    }
}
