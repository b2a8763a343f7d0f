// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.queue;

import java.nio.ByteBuffer;

/**
 * A message as {@link MessageQueue#receive()} returns it.
 *
 * @param payload its bytes, from position to limit, in a buffer of its own
 * @param priority the priority that it was sent with
 */
public record Message(ByteBuffer payload, int priority) {}
