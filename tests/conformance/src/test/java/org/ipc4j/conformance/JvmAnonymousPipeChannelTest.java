// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.tck.stream.AnonymousPipeChannelContract;
import org.junit.jupiter.api.Test;

/** The provider {@code jvm} keeps the contract of pipes without names as channels. */
class JvmAnonymousPipeChannelTest extends AnonymousPipeChannelContract {
    @Override
    protected AnonymousPipeProvider provider() {
        return Ipc.provider(AnonymousPipeProvider.class, "jvm");
    }

    @Override
    @Test
    protected void closeEndsABlockedCall() throws Exception {
        WineDifference.NO_UNIX_DOMAIN_SOCKETS.skipUnderWine(); // a pipe is TCP then, of megabytes
        super.closeEndsABlockedCall();
    }
}
