// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.ParticipantTable;

import java.lang.foreign.MemorySegment;

/** What a channel's and a topic's memory have in common. */
interface Layout {
    /**
     * How many bytes there are behind the rings that nobody uses. A message begins somewhere in a
     * ring; where it ends is not known to the compiler. But with these the memory is so much longer
     * that the first 4096 bytes of any message are in it for certain, which saves a check for each
     * access to them: a sixth more messages of 64 bytes in a second, as measured.
     */
    long MARGIN = 4096;

    /** Returns how those wait who have to. */
    WaitStrategy waiting();

    /** Returns how many bytes a message has at most. */
    int maxMessageSize();

    /** Returns how many bytes the memory has. */
    long byteSize();

    /** Returns who takes part. */
    ParticipantTable participants(MemorySegment memory);
}
