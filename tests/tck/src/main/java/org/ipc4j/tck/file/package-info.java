// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of {@link org.ipc4j.file.SharedFileLock}: {@link
 * org.ipc4j.tck.file.FileLockContract}, and of {@link org.ipc4j.file.FileExchange}: {@link
 * org.ipc4j.tck.file.FileExchangeContract}.
 */
package org.ipc4j.tck.file;
