// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Finds the process of a lock.
 *
 * <p>The kernel tells it of classic locks. The lock of an open file belongs to nobody, since
 * processes may share an open file; but {@code /proc/PID/fdinfo} shows it with each descriptor of
 * that file, for processes of this user.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html">proc_pid_fdinfo(5)</a>
 */
final class LockOwner {
    private static final Path PROC = Path.of("/proc");

    private LockOwner() {}

    /**
     * Returns a process that has a lock.
     *
     * @param fd a descriptor of the file
     * @param name the file's name, for messages
     * @param lock the lock
     * @return the process, or empty if the system does not tell
     */
    static OptionalLong of(int fd, IpcName name, FcntlCalls.FileLock lock) {
        if (lock.pid() >= 0) {
            return lock.pid() == 0 ? OptionalLong.empty() : OptionalLong.of(lock.pid());
        }
        try {
            String shown = shown(fd, name, lock);
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
                for (Path process : processes) {
                    if (has(process, shown)) {
                        return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return OptionalLong.empty(); // /proc is not mounted, or hides what we look for
        }
        return OptionalLong.empty();
    }

    /** How a line ends that shows the lock: {@code 1234 0 EOF}, the inode and the range. */
    private static String shown(int fd, IpcName name, FcntlCalls.FileLock lock) throws IOException {
        String end = lock.length() == 0 ? "EOF" : Long.toString(lock.start() + lock.length() - 1);
        return ":" + OpenFile.of(fd, name).inode() + " " + lock.start() + " " + end;
    }

    private static boolean has(Path process, String shown) {
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(process.resolve("fdinfo"))) {
            for (Path descriptor : descriptors) {
                if (shows(descriptor, shown)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it has ended, or is another user's
        }
    }

    private static boolean shows(Path descriptor, String shown) {
        try {
            return Files.readString(descriptor, StandardCharsets.ISO_8859_1)
                    .lines()
                    .anyMatch(line ->
                            line.startsWith("lock:")
                                    && line.contains(" OFDLCK ")
                                    && line.endsWith(shown));
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
