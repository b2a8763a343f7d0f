// SPDX-License-Identifier: Apache-2.0

/** Named pipes by {@code fifo(7)}, local sockets by {@code unix(7)}. */
package org.ipc4j.posix.stream;
