// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Who has locked what.
 *
 * @param pid the process, as this process's system numbers it; empty if the system does not tell
 * @param mode how it is locked
 * @param range what is locked
 */
public record FileLockHolder(OptionalLong pid, FileLockMode mode, FileRange range) {
    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if something is null
     */
    public FileLockHolder {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(range, "range");
    }
}
