// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.signal;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc} tells of processes and threads.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
final class ProcessStatus {
    private static final Path SELF = Path.of("/proc/self");

    private ProcessStatus() {}

    /**
     * Returns the signals that every thread of this process has blocked.
     *
     * <p>A thread inherits its mask from the one that starts it, so what is found here stays,
     * unless a native library changes it.
     *
     * @return a bit for each, the lowest for signal 1
     * @throws IOException if that cannot be read
     */
    static long blockedEverywhere() throws IOException {
        long blocked = -1;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(SELF.resolve("task"))) {
            for (Path thread : threads) {
                blocked &= blocked(thread);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return blocked;
    }

    private static long blocked(Path thread) throws IOException {
        try {
            return mask(thread, "SigBlk:");
        } catch (NoSuchFileException ended) {
            return -1;
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return -1; // it has ended while we read: "No such process"
        }
    }

    /**
     * Returns the signals that this process ignores.
     *
     * @return a bit for each, the lowest for signal 1
     * @throws IOException if that cannot be read
     */
    static long ignored() throws IOException {
        return mask(SELF, "SigIgn:");
    }

    /**
     * Returns the real user of this process, whom {@code sigqueue(3)} names as the sender.
     *
     * @return the user's number
     * @throws IOException if that cannot be read
     */
    static int user() throws IOException {
        return Integer.parseUnsignedInt(field(SELF, "Uid:").split("\\s+")[0]);
    }

    /**
     * Tells how full the queue of a process's user is.
     *
     * @param pid the process
     * @return how many signals wait and how many may, as {@code 3/1000}; or empty
     */
    static Optional<String> queue(long pid) {
        try {
            return Optional.of(field(Path.of("/proc", Long.toString(pid)), "SigQ:"));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /**
     * Makes the exception for what cannot be read.
     *
     * @param name what it is about
     * @param failure why it cannot be read; the JDK has no type for the limit of descriptors
     * @return the exception
     */
    static IpcException unreadable(IpcName name, IOException failure) {
        String message = "/proc cannot be read: " + failure.getMessage();
        IpcException exception =
                message.contains("Too many open files")
                        ? new ResourceLimitException(
                                name,
                                message
                                        + "; this process's limit of open files (RLIMIT_NOFILE) is"
                                        + " reached, raise it with ulimit -n")
                        : new IpcException(name, message);
        exception.initCause(failure);
        return exception;
    }

    private static long mask(Path process, String field) throws IOException {
        return Long.parseUnsignedLong(field(process, field), 16);
    }

    private static String field(Path process, String name) throws IOException {
        Path status = process.resolve("status");
        return Files.readString(status, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException(status + " does not tell " + name))
                .substring(name.length())
                .strip();
    }
}
