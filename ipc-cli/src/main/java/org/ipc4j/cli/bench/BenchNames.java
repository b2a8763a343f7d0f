// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;

import java.util.UUID;

/**
 * The names of the two channels of a run. They are deleted as soon as both processes have the
 * channels open, so that there is nothing to leave behind.
 *
 * @param prefix what they begin with
 */
record BenchNames(String prefix) {
    static BenchNames fresh() {
        return new BenchNames("ipc-bench-" + UUID.randomUUID());
    }

    /** From the process that measures to the one that answers. */
    IpcName there() {
        return IpcName.of(prefix + ".there");
    }

    IpcName back() {
        return IpcName.of(prefix + ".back");
    }

    void remove() throws IpcException {
        Channel.remove(there());
        Channel.remove(back());
    }
}
