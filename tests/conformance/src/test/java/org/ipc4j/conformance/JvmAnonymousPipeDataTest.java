// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.tck.stream.AnonymousPipeDataContract;
import org.junit.jupiter.api.Test;

/** The provider {@code jvm} keeps the contract of the bytes in pipes without names. */
class JvmAnonymousPipeDataTest extends AnonymousPipeDataContract {
    @Override
    protected AnonymousPipeProvider provider() {
        return Ipc.provider(AnonymousPipeProvider.class, "jvm");
    }

    @Override
    @Test
    protected void partialWriteTellsHowFarItCame() throws Exception {
        WineDifference.NO_UNIX_DOMAIN_SOCKETS.skipUnderWine(); // a pipe is TCP then, of megabytes
        super.partialWriteTellsHowFarItCame();
    }

    @Override
    @Test
    protected void interruptedWriteTellsHowFarItCame() throws Exception {
        WineDifference.NO_UNIX_DOMAIN_SOCKETS.skipUnderWine(); // a pipe is TCP then, of megabytes
        super.interruptedWriteTellsHowFarItCame();
    }
}
