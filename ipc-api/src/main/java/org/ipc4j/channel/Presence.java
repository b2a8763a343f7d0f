// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

/** What is known of the other side of a channel. */
public enum Presence {
    /** Nobody has come yet. */
    NOT_YET,
    /** It is there, or is not proven to be dead: it may be frozen. */
    PRESENT,
    /** It was there and was closed. */
    CLOSED,
    /** It was there and has died: the kernel has released its lock. */
    DIED
}
