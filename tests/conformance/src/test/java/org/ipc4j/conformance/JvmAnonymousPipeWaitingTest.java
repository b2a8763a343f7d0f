// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.stream.AnonymousPipeContract;

import java.util.List;

/**
 * Whatever waits for pipes without names of the provider {@code jvm} keeps the waiting contract.
 */
class JvmAnonymousPipeWaitingTest extends AnonymousPipeContract.Waiting {
    @Override
    protected AnonymousPipeProvider provider() {
        return Ipc.provider(AnonymousPipeProvider.class, "jvm");
    }

    /** Without UNIX-domain sockets the JDK makes pipes of TCP, which takes in megabytes. */
    @Override
    protected List<Blocking.Named> operations() {
        return super.operations().stream()
                .filter(operation ->
                        !WineDifference.NO_UNIX_DOMAIN_SOCKETS.isHere()
                                || !operation.name().contains("Writer"))
                .toList();
    }
}
