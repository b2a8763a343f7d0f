// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Thrown when the operating system, or the state of a shared object, refuses an operation.
 *
 * <p>The message reads {@code sem_open "/gate": ENOENT (2), No such file or directory}, followed by
 * advice where there is some. There is a subclass wherever a caller would act differently.
 */
public class IpcException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The object's name. */
    private final transient IpcName name;

    /** What the system said, or null. */
    private final transient SystemError error;

    /**
     * Creates an exception for a refusal that has no system call behind it.
     *
     * @param name the object's name
     * @param message what happened and what to do about it, without the name
     */
    public IpcException(IpcName name, String message) {
        super(Objects.requireNonNull(name, "name") + ": " + message);
        this.name = name;
        this.error = null;
    }

    /**
     * Creates an exception for a refused system call.
     *
     * @param name the object's name
     * @param key the key that the system was given, as {@link NamedObject#nativeKey()}
     * @param error what the system said
     * @param advice what to do about it; may be empty
     */
    public IpcException(IpcName name, String key, SystemError error, String advice) {
        super(
                error.call()
                        + " \""
                        + key
                        + "\": "
                        + error
                        + (advice.isEmpty() ? "" : "; " + advice));
        this.name = Objects.requireNonNull(name, "name");
        this.error = error;
    }

    /**
     * Returns the name of the object that refused.
     *
     * @return the name, empty only after deserialization
     */
    public Optional<IpcName> name() {
        return Optional.ofNullable(name);
    }

    /**
     * Returns what the operating system said.
     *
     * @return the system's error, empty if no system call was refused
     */
    public Optional<SystemError> error() {
        return Optional.ofNullable(error);
    }
}
