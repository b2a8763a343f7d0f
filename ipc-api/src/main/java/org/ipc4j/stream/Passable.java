// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

/**
 * What can be passed to another process with a message over a local socket, so that both have it:
 * memory, an open file, a socket, an end of a pipe. The other process gets a {@link
 * ReceivedHandle}.
 *
 * <p>Whoever passes something keeps it, and may close it as soon as the message is sent. Only
 * providers implement this. What comes from one without {@link
 * org.ipc4j.spi.Capability#HANDLE_PASSING} is refused.
 */
public interface Passable {}
