// SPDX-License-Identifier: Apache-2.0

/**
 * Messages that wait until somebody takes them.
 *
 * <p>{@link org.ipc4j.queue.MessageQueue} is bounded, keeps message boundaries and serves the
 * highest priority first.
 */
package org.ipc4j.queue;
