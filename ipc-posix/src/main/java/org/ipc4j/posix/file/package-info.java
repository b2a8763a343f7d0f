// SPDX-License-Identifier: Apache-2.0

/** Locks of files by {@code F_OFD_SETLK}, and files that are replaced by {@code rename(2)}. */
package org.ipc4j.posix.file;
