// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

/** What a {@link MappedFile} is mapped for. */
public enum MappedFileMode {
    /** For reading. The segment refuses writes. */
    READ_ONLY,
    /** For reading and writing. What is written, all see who map the file or read it. */
    READ_WRITE,
    /**
     * For reading, and for writes that nobody else sees and that never reach the file. A page that
     * was not written yet may, or may not, show what others write into the file meanwhile.
     */
    PRIVATE
}
