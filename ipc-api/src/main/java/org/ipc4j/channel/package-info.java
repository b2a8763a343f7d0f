// SPDX-License-Identifier: Apache-2.0

/**
 * The fastest way between two processes: rings of messages in shared memory, without locks and
 * without system calls.
 *
 * <p>{@link org.ipc4j.channel.Sender}s and a {@link org.ipc4j.channel.Receiver} meet under a name.
 * Messages are written and read in place, or copied. {@link org.ipc4j.channel.Channel} looks at it
 * all from outside.
 */
package org.ipc4j.channel;
