// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link LocalDatagramSocket} tells of a datagram that it has received.
 *
 * @param size how many bytes were put into the target
 * @param fullSize how many it had
 * @param sender where an answer goes; absent if the sender has no address, or one that leads
 *     nowhere for others
 * @param credentials who sent it
 */
public record LocalDatagram(
        int size, int fullSize, Optional<LocalAddress> sender, PeerCredentials credentials) {
    /**
     * Checks that all is there.
     *
     * @throws IllegalArgumentException if more bytes were received than it had
     */
    public LocalDatagram {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(credentials, "credentials");
        if (size < 0 || size > fullSize) {
            throw new IllegalArgumentException(size + " bytes of " + fullSize);
        }
    }

    /**
     * Tells whether the target had too little room, so that the datagram's end is lost.
     *
     * @return whether it is not complete
     */
    public boolean isTruncated() {
        return size < fullSize;
    }
}
