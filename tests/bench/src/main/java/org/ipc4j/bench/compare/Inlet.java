// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/** The other end. */
@FunctionalInterface
interface Inlet {
    /** How many messages are received at a time, at most. */
    int LIMIT = 256;

    /**
     * Receives messages that are there, without waiting or, if the case is one to sleep in, waiting
     * for a moment. Each is checked and its number told to the {@link Account}.
     *
     * @return how many there were
     */
    int receive() throws Exception;
}
