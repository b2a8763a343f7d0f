// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/** One end of one peer's way to carry messages. */
@FunctionalInterface
interface Outlet {
    /**
     * Sends messages, as many as there is room for, and makes them visible. The bytes of a message
     * are its number, again and again; see {@link Content}.
     *
     * @param number that of the first; the others follow
     * @param count how many
     * @return how many were sent
     */
    int send(long number, int count) throws Exception;
}
