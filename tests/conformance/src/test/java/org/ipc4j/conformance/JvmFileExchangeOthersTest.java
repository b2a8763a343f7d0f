// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.file.FileExchangeOthersContract;

/** The provider {@code jvm} keeps the contract of exchanges of files, beside other programs. */
class JvmFileExchangeOthersTest extends FileExchangeOthersContract {
    @Override
    protected FileExchangeProvider provider() {
        return Ipc.provider(FileExchangeProvider.class, "jvm");
    }
}
