// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

/** A way to end a process in which that one has no say. */
interface Killer {
    /** {@code kill -9}. */
    Killer SIGNAL = victim -> victim::kill;

    /**
     * Prepares.
     *
     * @param victim is not at work yet, so that it can be asked
     * @return ends it
     */
    Runnable aim(Peer victim);
}
