// SPDX-License-Identifier: Apache-2.0

/**
 * Named pipes by {@code fifo(7)}, pipes without a name by {@code pipe(2)}, local sockets by {@code
 * unix(7)}.
 */
package org.ipc4j.posix.stream;
