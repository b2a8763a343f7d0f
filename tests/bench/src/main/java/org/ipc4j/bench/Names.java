// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.IpcName;

import java.util.concurrent.atomic.AtomicInteger;

/** Names that nobody else has. */
final class Names {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Names() {}

    static IpcName fresh() {
        return IpcName.of(
                "ipc4j-bench-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }
}
