// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.nio.file.Path;

/**
 * One way to carry messages, in one process of a case. To add a peer: write one, and name it in
 * {@link End} and {@link Contestant}.
 */
interface Peer extends AutoCloseable {
    /** Makes one. */
    @FunctionalInterface
    interface Maker {
        Peer make() throws Exception;
    }

    /**
     * Creates or opens a sending end.
     *
     * @param place where it is: a file that does not exist, in a folder of this case in memory
     * @param create whether this process is the one to create it
     */
    Outlet outlet(Path place, boolean create) throws Exception;

    /**
     * Creates or opens a receiving end.
     *
     * @param place where it is
     * @param create whether this process is the one to create it
     * @param account is told the number of each message
     */
    Inlet inlet(Path place, boolean create, Account account) throws Exception;
}
