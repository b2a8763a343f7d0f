// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

/**
 * Thrown when this process cannot receive a signal: the JVM needs it for itself, or the process was
 * not started so. The message says which, and how to start it.
 */
public class SignalUnavailableException extends IpcException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param name the signal
     * @param message what is the matter and what to do about it, without the name
     */
    public SignalUnavailableException(IpcName name, String message) {
        super(name, message);
    }
}
