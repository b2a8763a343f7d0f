// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of {@link org.ipc4j.queue.MessageQueue}: {@link
 * org.ipc4j.tck.queue.MessageQueueContract}, {@link org.ipc4j.tck.queue.MessageQueueOrderContract}
 * and {@link org.ipc4j.tck.queue.MessageQueueBufferContract}.
 */
package org.ipc4j.tck.queue;
