// SPDX-License-Identifier: Apache-2.0

/**
 * Synchronizers with a name: what {@link java.util.concurrent} gives the threads of one process,
 * for processes.
 *
 * <p>{@link org.ipc4j.sync.NamedSemaphore} counts permits.
 */
package org.ipc4j.sync;
