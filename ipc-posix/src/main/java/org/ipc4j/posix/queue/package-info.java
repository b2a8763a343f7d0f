// SPDX-License-Identifier: Apache-2.0

/** Message queues by {@code mq_open(3)}. */
package org.ipc4j.posix.queue;
