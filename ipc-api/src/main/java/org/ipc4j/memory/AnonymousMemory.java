// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import org.ipc4j.stream.Passable;

/**
 * Shared memory without a name, which another process gets by being {@linkplain Passable passed} it
 * over a local socket. It goes when all who have it have closed it or died, so nothing of it is
 * ever left behind.
 *
 * <p>Its {@link #name()} is nobody else's to open and only tells what it is. Its {@link
 * #nativeKey()} is a path through which processes of this user can open it as long as this object
 * is open, as debuggers and tests do.
 */
public interface AnonymousMemory extends SharedMemory, Passable {}
