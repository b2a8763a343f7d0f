// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of {@link org.ipc4j.queue.MessageQueue}: {@link
 * org.ipc4j.tck.queue.MessageQueueContract}.
 */
package org.ipc4j.tck.queue;
