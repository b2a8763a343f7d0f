// SPDX-License-Identifier: Apache-2.0

/**
 * The fastest way between two processes: rings of messages in shared memory, without locks and
 * without system calls.
 *
 * <p>{@link org.ipc4j.channel.Sender}s and a {@link org.ipc4j.channel.Receiver} meet under a name.
 * Messages are written and read in place, or copied.
 */
package org.ipc4j.channel;
