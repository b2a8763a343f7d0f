// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a {@link NamedPipe} shall be like.
 *
 * @param access who may write into it
 */
public record NamedPipeOptions(Access access) {
    /** A pipe of the current user. */
    public static final NamedPipeOptions DEFAULT = new NamedPipeOptions(Access.OWNER);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if {@code access} is null
     */
    public NamedPipeOptions {
        Objects.requireNonNull(access, "access");
    }

    /**
     * Returns these options with another access.
     *
     * @param access who may write into the pipe
     * @return the options
     */
    public NamedPipeOptions withAccess(Access access) {
        return new NamedPipeOptions(access);
    }
}
