// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

/** What peers of every language must be told. */
enum Failure {
    /** There is nothing of that name. */
    ABSENT("NameNotFoundException"),
    /** There is something of that name already. */
    PRESENT("NameExistsException"),
    /** The name belongs to an object of another kind. */
    OTHER_KIND("IncompatibleException"),
    /** The object is another user's. */
    DENIED("IpcAccessDeniedException"),
    /** The other end is gone. */
    PEER_CLOSED("PeerClosedException");

    private final String exception;

    Failure(String exception) {
        this.exception = exception;
    }

    /** Returns what a JVM calls it. */
    String exception() {
        return exception;
    }
}
