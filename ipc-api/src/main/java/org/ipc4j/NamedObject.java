// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

/** What every named object of a system tells about itself. */
public interface NamedObject {
    /**
     * Returns the name it was created or opened by.
     *
     * @return the name
     */
    IpcName name();

    /**
     * Returns the exact key under which the system knows the object, so that a program in any
     * language can open it.
     *
     * @return the key; which call takes it is told by each type's platform table
     */
    String nativeKey();

    /**
     * Tells whether this handle can still be used.
     *
     * @return {@code false} from the moment that {@code close} was called
     */
    boolean isOpen();
}
