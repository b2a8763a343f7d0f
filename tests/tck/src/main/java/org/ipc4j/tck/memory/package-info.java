// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of {@link org.ipc4j.memory.SharedMemory}: {@link
 * org.ipc4j.tck.memory.SharedMemoryContract}.
 */
package org.ipc4j.tck.memory;
