// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcName;
import org.ipc4j.spi.Wait;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Makes the places where those wait who use a channel. */
final class Waiting {
    private Waiting() {}

    static Wait of(ChannelLayout layout, IpcName name, BooleanSupplier open, IntSupplier ready) {
        return switch (layout.options().waiting()) {
            case SPIN -> Wait.bySpinning(name, open, ready);
            case BACKOFF, BLOCK -> Wait.byPolling(name, open, ready);
        };
    }
}
