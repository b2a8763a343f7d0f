// SPDX-License-Identifier: Apache-2.0

/**
 * {@link org.ipc4j.stream.NamedPipe} over the JDK's UNIX-domain sockets: the reader listens, each
 * writer is a connection.
 *
 * <p>All channels are non-blocking. Those of the JDK are closed by an interrupt only when they
 * block, so they are used on the caller's thread.
 */
package org.ipc4j.jvm.stream;
