// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.stream.Passable;

/** An object whose handle a local socket of the same provider can pass to another process. */
public interface PassableHandle extends Passable {
    /**
     * Returns what is passed.
     *
     * @return the handle, used while it is sent, never closed by the sender
     */
    NativeHandle handle();
}
