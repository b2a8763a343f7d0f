// SPDX-License-Identifier: Apache-2.0

/**
 * Files that processes share: who may use one, and how a new content of one appears.
 *
 * <p>{@link org.ipc4j.file.SharedFileLock} takes shared and exclusive {@link
 * org.ipc4j.file.HeldFileLock locks} of a file, or of a {@link org.ipc4j.file.FileRange} of it.
 * {@link org.ipc4j.file.FileExchange} replaces the content of a file, all at once: who reads gets
 * one {@link org.ipc4j.file.FileVersion}, never half of two.
 *
 * <p>These are files like all others, given by their {@link java.nio.file.Path}; programs that know
 * nothing of this library read and lock them too.
 */
package org.ipc4j.file;
