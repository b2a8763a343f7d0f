// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;

/** Tells that a channel's memory says what no channel's memory can say. */
final class Damage {
    private Damage() {}

    static IncompatibleException of(IpcName name, String what) {
        return new IncompatibleException(
                name, "the channel is damaged: " + what + "; remove it and create it anew");
    }
}
