// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.queue;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.PosixNames;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An empty file in {@code /dev/shm} that says: there is a queue of this name.
 *
 * <p>A queue is no file, unless somebody has mounted {@code /dev/mqueue}. Without the mark, a
 * process to which native access is denied could not see it, and would make a second queue of that
 * name with another provider. Only such processes look at the mark; all others ask the system.
 */
final class QueueMark {
    private QueueMark() {}

    private static Path file(IpcName name) {
        return PosixNames.file("mq.", name);
    }

    static boolean isSet(IpcName name) {
        return PosixNames.find(name, QueueMark::file, PosixNames::key).isPresent();
    }

    /** Native keys need no mark: nobody else can mean another object by them. */
    static void set(IpcName name) throws IpcException {
        if (name.isNative()) {
            return;
        }
        try {
            Files.createFile(file(name));
        } catch (FileAlreadyExistsException present) {
            // left by a queue that another program has deleted
        } catch (IOException e) {
            IpcException exception =
                    new IpcException(
                            name, "its mark " + file(name) + " cannot be made: " + e.getMessage());
            exception.initCause(e);
            throw exception;
        }
    }

    /** Also for a native key, by which a queue may be deleted that was made by a portable name. */
    static void clear(IpcName name) throws IpcException {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            IpcException exception =
                    new IpcException(
                            name,
                            "its mark " + file(name) + " cannot be deleted: " + e.getMessage());
            exception.initCause(e);
            throw exception;
        }
    }
}
