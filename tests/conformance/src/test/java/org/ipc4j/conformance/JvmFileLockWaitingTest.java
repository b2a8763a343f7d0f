// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.tck.file.FileLockContract;

/** Whatever waits for locks of files of the provider {@code jvm} keeps the waiting contract. */
class JvmFileLockWaitingTest extends FileLockContract.Waiting {
    @Override
    protected FileLockProvider provider() {
        return Ipc.provider(FileLockProvider.class, "jvm");
    }
}
