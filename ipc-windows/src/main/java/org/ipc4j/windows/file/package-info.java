// SPDX-License-Identifier: Apache-2.0

/** Locks of files by {@code LockFileEx}, and files that are replaced by {@code MoveFileExW}. */
package org.ipc4j.windows.file;
