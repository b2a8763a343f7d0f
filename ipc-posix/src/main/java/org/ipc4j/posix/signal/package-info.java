// SPDX-License-Identifier: Apache-2.0

/** Signals by descriptors of processes and {@code signalfd(2)}. */
package org.ipc4j.posix.signal;
