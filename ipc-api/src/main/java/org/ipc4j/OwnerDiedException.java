// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

/**
 * Thrown when the process that held the object has died holding it; the caller holds it now, and
 * must check what it protects.
 */
public class OwnerDiedException extends IpcException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a refusal that has no system call behind it.
     *
     * @param name the object's name
     * @param message what happened and what to do about it, without the name
     */
    public OwnerDiedException(IpcName name, String message) {
        super(name, message);
    }

    /**
     * Creates an exception for a refused system call.
     *
     * @param name the object's name
     * @param key the key that the system was given, as {@link NamedObject#nativeKey()}
     * @param error what the system said
     * @param advice what to do about it; may be empty
     */
    public OwnerDiedException(IpcName name, String key, SystemError error, String advice) {
        super(name, key, error, advice);
    }
}
