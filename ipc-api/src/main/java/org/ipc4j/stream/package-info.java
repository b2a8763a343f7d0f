// SPDX-License-Identifier: Apache-2.0

/**
 * Streams of bytes between processes.
 *
 * <p>{@link org.ipc4j.stream.NamedPipe} is one-way, has a name, one {@link
 * org.ipc4j.stream.NamedPipeReader reader} and any number of {@link
 * org.ipc4j.stream.NamedPipeWriter writers}. {@link org.ipc4j.stream.NamedPipeServer} is what
 * Windows programs call a named pipe: a server with a two-way {@link
 * org.ipc4j.stream.NamedPipeConnection} for each client. {@link org.ipc4j.stream.LocalSocket} and
 * {@link org.ipc4j.stream.LocalServerSocket} are two-way everywhere, tell who is at the other end,
 * and pass handles; {@link org.ipc4j.stream.LocalDatagramSocket} sends messages without a
 * connection. The ends are {@code java.nio} channels and behave as such: in the {@code java.nio}
 * methods an interrupt closes the channel ({@link java.nio.channels.InterruptibleChannel}). The
 * methods that take a {@link java.time.Duration} throw {@link java.lang.InterruptedException}
 * instead, and the channel stays usable.
 *
 * <p>{@link org.ipc4j.stream.AnonymousPipe} is one-way and has no name: one of its ends is handed
 * to another process.
 */
package org.ipc4j.stream;
