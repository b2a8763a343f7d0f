// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a {@link LocalDatagramSocket} shall be like.
 *
 * @param access who may send to it, and whose sockets it sends to
 * @param bufferSize how many bytes the system keeps of what it sends, at least; one or more. The
 *     longest datagram is not shorter
 * @param maxHandles how many handles it takes with one datagram at most; 0 to {@value
 *     LocalSocketOptions#HANDLES}
 */
public record LocalDatagramOptions(Access access, int bufferSize, int maxHandles) {
    /** For the current user, with buffers of 128 KiB and 16 handles with a datagram. */
    public static final LocalDatagramOptions DEFAULT =
            new LocalDatagramOptions(Access.OWNER, 1 << 17, 16);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if {@code access} is null
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    public LocalDatagramOptions {
        Objects.requireNonNull(access, "access");
        LocalSocketOptions.requireBuffer(bufferSize);
        LocalSocketOptions.requireHandles(maxHandles);
    }

    /**
     * Returns these options with another access.
     *
     * @param access who may send, and to whom
     * @return the options
     */
    public LocalDatagramOptions withAccess(Access access) {
        return new LocalDatagramOptions(access, bufferSize, maxHandles);
    }

    /**
     * Returns these options with another size of the buffers.
     *
     * @param bufferSize how many bytes the system keeps, at least
     * @return the options
     * @throws IllegalArgumentException if it is less than 1
     */
    public LocalDatagramOptions withBufferSize(int bufferSize) {
        return new LocalDatagramOptions(access, bufferSize, maxHandles);
    }

    /**
     * Returns these options with another number of handles.
     *
     * @param maxHandles how many it takes with one datagram at most
     * @return the options
     * @throws IllegalArgumentException if it is not within 0 and {@value
     *     LocalSocketOptions#HANDLES}
     */
    public LocalDatagramOptions withMaxHandles(int maxHandles) {
        return new LocalDatagramOptions(access, bufferSize, maxHandles);
    }
}
