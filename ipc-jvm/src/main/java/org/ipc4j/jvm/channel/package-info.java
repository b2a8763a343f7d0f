// SPDX-License-Identifier: Apache-2.0

/**
 * Channels: lock-free rings of messages in shared memory. {@link
 * org.ipc4j.jvm.channel.ChannelLayout} says what every word means, and who writes it when.
 */
package org.ipc4j.jvm.channel;
