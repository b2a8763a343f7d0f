// SPDX-License-Identifier: Apache-2.0

/** Shared memory by {@code CreateFileMappingW}. */
package org.ipc4j.windows.memory;
