// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

/** What it means that a {@link Subscriber} does not keep up with the {@link Publisher}. */
public enum SlowSubscriber {
    /**
     * The publisher waits, or is told that there is no room. Nothing is missed. A subscriber that
     * was closed, or is proven to be dead, is not waited for; one that is frozen is.
     */
    WAIT,
    /**
     * The oldest messages are overwritten. The publisher never waits; the subscriber goes on with
     * the oldest message that there is, and {@link Subscriber#missed} tells how many it missed.
     */
    OVERWRITE,
    /**
     * The oldest messages are overwritten, and a subscriber that misses any is cut off: it gets no
     * more messages, but {@link CutOffException}. It may subscribe anew.
     */
    CUT_OFF
}
