// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.tck.stream.AnonymousPipeContract;

/**
 * Whatever waits for pipes without names of the provider {@code jvm} keeps the waiting contract.
 */
class JvmAnonymousPipeWaitingTest extends AnonymousPipeContract.Waiting {
    @Override
    protected AnonymousPipeProvider provider() {
        return Ipc.provider(AnonymousPipeProvider.class, "jvm");
    }
}
