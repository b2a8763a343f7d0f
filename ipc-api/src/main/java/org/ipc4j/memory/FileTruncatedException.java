// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

/**
 * Thrown by a {@link MappedFile} whose file somebody has made shorter than its mapping. Of the
 * bytes beyond the file's new end nothing is left; those before it can still be used.
 */
public class FileTruncatedException extends IpcException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param name the file
     * @param message what happened and what to do about it, without the name
     */
    public FileTruncatedException(IpcName name, String message) {
        super(name, message);
    }
}
