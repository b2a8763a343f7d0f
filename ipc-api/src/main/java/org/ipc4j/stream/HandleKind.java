// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

/** What a {@link ReceivedHandle} was found to be, by asking the system and never the sender. */
public enum HandleKind {
    /** Memory without a name, as {@link org.ipc4j.memory.SharedMemory} makes it. */
    MEMORY,
    /** A regular file. */
    FILE,
    /** A local socket. */
    SOCKET,
    /** An end of a pipe, with or without a name. */
    PIPE,
    /** Something else: it can only be closed. */
    OTHER
}
