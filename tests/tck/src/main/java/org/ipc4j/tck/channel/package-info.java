// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of {@link org.ipc4j.channel.Sender} and {@link org.ipc4j.channel.Receiver}: {@link
 * org.ipc4j.tck.channel.ChannelContract} of their names, {@link
 * org.ipc4j.tck.channel.ChannelEndsContract} of who has which end, {@link
 * org.ipc4j.tck.channel.ChannelLookContract} of who only looks, {@link
 * org.ipc4j.tck.channel.ChannelMessageContract} and {@link
 * org.ipc4j.tck.channel.ChannelOrderContract} of what is sent, and {@link
 * org.ipc4j.tck.channel.ChannelBufferContract} of the memory from and to which it is copied.
 */
package org.ipc4j.tck.channel;
