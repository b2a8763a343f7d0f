// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import java.lang.foreign.MemorySegment;

/** What is done with each message, in place. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles a message. Its bytes stay as they are until this returns, and not longer.
     *
     * @param memory the channel's memory, the same for every message
     * @param offset where the message begins in it, a multiple of 8
     * @param length how many bytes it has
     */
    void onMessage(MemorySegment memory, long offset, int length);
}
