// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

/**
 * Thrown when what the name leads to is not what it should be: another provider's object, another
 * program's, another version's, or a damaged one.
 */
public class IncompatibleException extends IpcException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a refusal that has no system call behind it.
     *
     * @param name the object's name
     * @param message what happened and what to do about it, without the name
     */
    public IncompatibleException(IpcName name, String message) {
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
    public IncompatibleException(IpcName name, String key, SystemError error, String advice) {
        super(name, key, error, advice);
    }
}
