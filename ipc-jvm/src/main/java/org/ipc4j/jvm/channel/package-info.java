// SPDX-License-Identifier: Apache-2.0

/**
 * Channels and topics: lock-free rings of messages in shared memory. {@link
 * org.ipc4j.jvm.channel.ChannelLayout} and {@link org.ipc4j.jvm.channel.TopicLayout} say what every
 * word means, and who writes it when.
 *
 * <p>A {@code MessageWriter} copies and waits, a {@code RingWriter} below it writes a ring, and the
 * {@code RingSender} and {@code RingPublisher} below that know who reads it. A {@code
 * MessageReader} copies and waits, and the {@code RingReceiver} and {@code RingSubscriber} below it
 * read. Each of the four gets a class of its own for each object, see {@code Special}.
 */
package org.ipc4j.jvm.channel;
