// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.ParticipantTable;

import java.lang.foreign.MemorySegment;

/** What a channel's and a topic's memory have in common. */
interface Layout {
    /** Returns how those wait who have to. */
    WaitStrategy waiting();

    /** Returns how many bytes a message has at most. */
    int maxMessageSize();

    /** Returns how many bytes the memory has. */
    long byteSize();

    /** Returns who takes part. */
    ParticipantTable participants(MemorySegment memory);
}
