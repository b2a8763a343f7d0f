// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.file.FileExchangeContract;

/** Whatever waits for versions of files of the provider {@code jvm} keeps the waiting contract. */
class JvmFileExchangeWaitingTest extends FileExchangeContract.Waiting {
    @Override
    protected FileExchangeProvider provider() {
        return Ipc.provider(FileExchangeProvider.class, "jvm");
    }
}
