// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.tck.memory.MappedFileGrowthContract;

/** The provider {@code jvm} keeps the contract of mapped files that grow. */
class JvmMappedFileGrowthTest extends MappedFileGrowthContract {
    @Override
    protected MappedFileProvider provider() {
        return Ipc.provider(MappedFileProvider.class, "jvm");
    }
}
