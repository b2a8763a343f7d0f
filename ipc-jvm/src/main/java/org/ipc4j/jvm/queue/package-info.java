// SPDX-License-Identifier: Apache-2.0

/**
 * {@link org.ipc4j.queue.MessageQueue} as records of shared memory.
 *
 * <p>{@link org.ipc4j.jvm.queue.QueueLayout} says where everything is, {@link
 * org.ipc4j.jvm.queue.QueueRecords} sends and receives under the lock and repairs after a death,
 * {@link org.ipc4j.jvm.queue.JvmMessageQueue} takes the lock and waits.
 */
package org.ipc4j.jvm.queue;
