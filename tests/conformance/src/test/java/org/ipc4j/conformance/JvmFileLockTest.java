// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.tck.file.FileLockContract;

/** The provider {@code jvm} keeps the contract of locks of files. */
class JvmFileLockTest extends FileLockContract {
    @Override
    protected FileLockProvider provider() {
        return Ipc.provider(FileLockProvider.class, "jvm");
    }
}
