// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IncompatibleException;
import org.ipc4j.channel.MessageHandler;

/** What a receiver does with one of its rings. */
interface RingReader {
    /** Tells whether there is something to handle. */
    boolean look() throws IncompatibleException;

    /** Handles some messages, if there is something to handle. */
    int handle(MessageHandler handler, int limit) throws IncompatibleException;

    /** Tells whether there is probably something to handle. Called by other threads too. */
    boolean hasMessage();

    /** Returns the position of the message that is being handled, or was last; -1 if none was. */
    long position();

    /** Wakes the sender, whom the last receiver may have been on the point of waking. */
    void wakeAnyway();

    /** Wakes the sender if it waits for room; it finds that this end is closed. */
    void leave();
}
