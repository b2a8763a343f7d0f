// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a local socket shall be like: a server and those that it accepts, one that connects, or a
 * pair.
 *
 * @param type what goes through it; server and clients agree on that
 * @param access who may connect to a server, and whose server is accepted by who connects
 * @param bufferSize how many bytes the system keeps of what this end writes, at least, for a reader
 *     that is late; one or more. The longest message is not shorter
 * @param backlog how many clients may have connected to a server that has not accepted them yet,
 *     about; one or more
 * @param maxHandles how many handles one read takes at most; 0 to {@value #HANDLES}
 */
public record LocalSocketOptions(
        LocalSocketType type, Access access, int bufferSize, int backlog, int maxHandles) {
    /** How many handles can be passed with one message. */
    public static final int HANDLES = 253;

    /**
     * A stream of bytes for the current user, with buffers of 128 KiB, 128 clients that wait, and
     * 16 handles with a message.
     */
    public static final LocalSocketOptions DEFAULT =
            new LocalSocketOptions(LocalSocketType.STREAM, Access.OWNER, 1 << 17, 128, 16);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if {@code type} or {@code access} is null
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    public LocalSocketOptions {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(access, "access");
        requireBuffer(bufferSize);
        requireHandles(maxHandles);
        if (backlog < 1) {
            throw new IllegalArgumentException(
                    "one client or more can wait to be accepted, not " + backlog);
        }
    }

    static void requireBuffer(int bufferSize) {
        if (bufferSize < 1) {
            throw new IllegalArgumentException(
                    "a buffer has 1 byte or more, not " + bufferSize + "; the default is 131072");
        }
    }

    static void requireHandles(int maxHandles) {
        if (maxHandles < 0 || maxHandles > HANDLES) {
            throw new IllegalArgumentException(
                    "a read takes 0 to " + HANDLES + " handles, not " + maxHandles);
        }
    }

    /**
     * Returns these options with another type.
     *
     * @param type what goes through the socket
     * @return the options
     */
    public LocalSocketOptions withType(LocalSocketType type) {
        return new LocalSocketOptions(type, access, bufferSize, backlog, maxHandles);
    }

    /**
     * Returns these options with another access.
     *
     * @param access who may connect, or whose server is accepted
     * @return the options
     */
    public LocalSocketOptions withAccess(Access access) {
        return new LocalSocketOptions(type, access, bufferSize, backlog, maxHandles);
    }

    /**
     * Returns these options with another size of the buffers.
     *
     * @param bufferSize how many bytes the system keeps, at least
     * @return the options
     * @throws IllegalArgumentException if it is less than 1
     */
    public LocalSocketOptions withBufferSize(int bufferSize) {
        return new LocalSocketOptions(type, access, bufferSize, backlog, maxHandles);
    }

    /**
     * Returns these options with another number of clients that wait.
     *
     * @param backlog how many may wait
     * @return the options
     * @throws IllegalArgumentException if it is less than 1
     */
    public LocalSocketOptions withBacklog(int backlog) {
        return new LocalSocketOptions(type, access, bufferSize, backlog, maxHandles);
    }

    /**
     * Returns these options with another number of handles.
     *
     * @param maxHandles how many one read takes at most
     * @return the options
     * @throws IllegalArgumentException if it is not within 0 and {@value #HANDLES}
     */
    public LocalSocketOptions withMaxHandles(int maxHandles) {
        return new LocalSocketOptions(type, access, bufferSize, backlog, maxHandles);
    }
}
