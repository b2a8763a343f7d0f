// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * A file of the operating system, as mechanisms that work on files see it.
 *
 * @param path its path, absolute
 */
public record LocalFile(Path path) {
    /**
     * Makes the path absolute, so that a change of the working directory changes nothing.
     *
     * @throws IllegalArgumentException if it belongs to a file system of Java's own, as a zip file
     *     is one
     */
    public LocalFile {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException(
                    path + " is in no file system of the operating system");
        }
        path = path.toAbsolutePath();
    }

    /**
     * Returns the name that messages use.
     *
     * @return the path as a native name
     */
    public IpcName name() {
        return IpcName.ofNative(path.toString());
    }
}
