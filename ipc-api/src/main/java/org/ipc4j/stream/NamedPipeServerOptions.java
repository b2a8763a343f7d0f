// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a {@link NamedPipeServer} shall be like.
 *
 * @param access who may connect
 * @param transfer how data are exchanged
 * @param bufferSize how many bytes the system keeps of each connection for a reader that is late,
 *     in each direction; one or more. It is also the largest message that a write with a time-out
 *     takes
 */
public record NamedPipeServerOptions(Access access, PipeTransfer transfer, int bufferSize) {
    /** A stream of bytes for the current user, with buffers of 64 KiB. */
    public static final NamedPipeServerOptions DEFAULT =
            new NamedPipeServerOptions(Access.OWNER, PipeTransfer.BYTES, 1 << 16);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if {@code access} or {@code transfer} is null
     * @throws IllegalArgumentException if {@code bufferSize} is less than 1
     */
    public NamedPipeServerOptions {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(transfer, "transfer");
        if (bufferSize < 1) {
            throw new IllegalArgumentException(
                    "a buffer has 1 byte or more, not " + bufferSize + "; the default is 65536");
        }
    }

    /**
     * Returns these options with another access.
     *
     * @param access who may connect
     * @return the options
     */
    public NamedPipeServerOptions withAccess(Access access) {
        return new NamedPipeServerOptions(access, transfer, bufferSize);
    }

    /**
     * Returns these options with another kind of transfer.
     *
     * @param transfer how data are exchanged
     * @return the options
     */
    public NamedPipeServerOptions withTransfer(PipeTransfer transfer) {
        return new NamedPipeServerOptions(access, transfer, bufferSize);
    }

    /**
     * Returns these options with another size of the buffers.
     *
     * @param bufferSize how many bytes the system keeps in each direction
     * @return the options
     * @throws IllegalArgumentException if it is less than 1
     */
    public NamedPipeServerOptions withBufferSize(int bufferSize) {
        return new NamedPipeServerOptions(access, transfer, bufferSize);
    }
}
