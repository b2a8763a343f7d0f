// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

/** How a named pipe server and its clients exchange data. */
public enum PipeTransfer {
    /** A stream of bytes: what one write has written, several reads may get, and the reverse. */
    BYTES,
    /** Each write is a message, and a read never gets bytes of two messages. */
    MESSAGES
}
