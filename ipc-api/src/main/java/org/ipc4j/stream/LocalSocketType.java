// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

/** What goes through a {@link LocalSocket}. */
public enum LocalSocketType {
    /** A stream of bytes: what one write has written, several reads may get, and the reverse. */
    STREAM,
    /** Each write is a message, in order, and a read never gets bytes of two messages. */
    SEQPACKET
}
