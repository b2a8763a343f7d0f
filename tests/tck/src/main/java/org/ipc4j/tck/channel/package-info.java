// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of {@link org.ipc4j.channel.Sender} and {@link org.ipc4j.channel.Receiver}, and of
 * {@link org.ipc4j.channel.Publisher} and {@link org.ipc4j.channel.Subscriber}.
 *
 * <p>What a channel and a topic have in common is in {@link
 * org.ipc4j.tck.channel.MessageClaimContract} and {@link
 * org.ipc4j.tck.channel.MessageOrderContract} of what is sent, and {@link
 * org.ipc4j.tck.channel.MessageBufferContract} of the memory from and to which it is copied. Each
 * has contracts of its own that extend those; and of its names, {@link
 * org.ipc4j.tck.channel.ChannelContract} and {@link org.ipc4j.tck.channel.TopicContract}; of who
 * has which end, {@link org.ipc4j.tck.channel.ChannelEndsContract} and {@link
 * org.ipc4j.tck.channel.TopicEndsContract}; and of who only looks, {@link
 * org.ipc4j.tck.channel.ChannelLookContract} and {@link org.ipc4j.tck.channel.TopicLookContract}.
 * {@link org.ipc4j.tck.channel.TopicSlowContract} is of subscribers that do not keep up.
 */
package org.ipc4j.tck.channel;
