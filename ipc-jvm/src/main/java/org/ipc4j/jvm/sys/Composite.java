// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.memory.SharedMemory;

/**
 * An open object that is composed of shared memory and a lock file.
 *
 * @param memory the memory
 * @param layout what is where in it
 * @param self this process as a participant
 * @param leave gives up the participation of one handle
 * @param <L> the layout's type
 */
public record Composite<L>(SharedMemory memory, L layout, Participant self, Runnable leave) {
    /** Gives up this handle. */
    public void close() {
        try {
            memory.close();
        } finally {
            leave.run();
        }
    }
}
