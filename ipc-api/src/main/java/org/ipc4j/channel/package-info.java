// SPDX-License-Identifier: Apache-2.0

/**
 * The fastest way between two processes: rings of messages in shared memory, without locks and
 * without system calls.
 *
 * <p>In a <em>channel</em> a few {@link org.ipc4j.channel.Sender}s send to one {@link
 * org.ipc4j.channel.Receiver}, and every message is handled once. In a <em>topic</em> one {@link
 * org.ipc4j.channel.Publisher} publishes to many {@link org.ipc4j.channel.Subscriber}s, of which
 * every one sees every message. They meet under a name. Messages are written and read in place, or
 * copied. {@link org.ipc4j.channel.Channel} and {@link org.ipc4j.channel.Topic} look at it all from
 * outside.
 */
package org.ipc4j.channel;
