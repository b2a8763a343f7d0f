// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.tck.stream.NamedPipeContract;
import org.junit.jupiter.api.Test;

/** The provider {@code windows} keeps the contract of pipes. */
class WindowsNamedPipeTest extends NamedPipeContract {
    @Override
    protected NamedPipeProvider provider() {
        return Ipc.provider(NamedPipeProvider.class, "windows");
    }

    @Override
    @Test
    protected void oneOfManyBecomesTheReader() throws Exception {
        WineDifference.FIRST_PIPE_INSTANCE_IGNORED.skipUnderWine();
        super.oneOfManyBecomesTheReader();
    }
}
