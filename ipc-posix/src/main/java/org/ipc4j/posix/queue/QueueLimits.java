// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.queue;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.SystemError;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.ResourceCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.queue.MessageQueueOptions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out which limit refused a queue, since the error codes do not tell: EINVAL stands for two
 * limits, EMFILE for two others.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mq_overview.7.html">mq_overview(7)</a>
 */
final class QueueLimits {
    private static final Path SETTINGS = Path.of("/proc/sys/fs/mqueue");

    /** What the kernel counts for a message beside its bytes: a pointer and a tree node. */
    private static final long MESSAGE_OVERHEAD = 8 + 48;

    private QueueLimits() {}

    static IpcException exception(int result, IpcName name, String key, MessageQueueOptions asked) {
        return switch (Errno.of(result)) {
            case EINVAL -> tooLarge(result, name, key, asked);
            case ENOSPC ->
                    PosixErrors.exception(
                            result,
                            "mq_open",
                            name,
                            key,
                            setting("queues_max", "queues") + "; remove a queue, or raise it");
            case EMFILE -> tooMany(result, name, key, asked);
            default -> PosixErrors.exception(result, "mq_open", name, key);
        };
    }

    private static IpcException tooLarge(
            int result, IpcName name, String key, MessageQueueOptions asked) {
        SystemError error = new SystemError("mq_open", -result, "EINVAL", Errno.EINVAL.text());
        if (asked.capacity() > number("msg_max")) {
            return new ResourceLimitException(
                    name,
                    key,
                    error,
                    setting("msg_max", "messages in a queue")
                            + ", not "
                            + asked.capacity()
                            + "; ask for fewer, or raise it there");
        }
        if (asked.maxMessageSize() > number("msgsize_max")) {
            return new ResourceLimitException(
                    name,
                    key,
                    error,
                    setting("msgsize_max", "bytes in a message")
                            + ", not "
                            + asked.maxMessageSize()
                            + "; ask for fewer, or raise it there");
        }
        return PosixErrors.exception(result, "mq_open", name, key);
    }

    /** The descriptor limit refuses any file; the limit of queue bytes refuses this queue only. */
    private static IpcException tooMany(
            int result, IpcName name, String key, MessageQueueOptions asked) {
        int probe = FcntlCalls.open("/dev/null", Abi.O_RDONLY | Abi.O_CLOEXEC, 0);
        if (Errno.of(probe) == Errno.EMFILE) {
            return PosixErrors.exception(result, "mq_open", name, key);
        }
        if (probe >= 0) {
            UnistdCalls.close(probe);
        }
        long needed = asked.capacity() * (asked.maxMessageSize() + MESSAGE_OVERHEAD);
        return PosixErrors.exception(
                result,
                "mq_open",
                name,
                key,
                "all queues of this user may take "
                        + ResourceCalls.getrlimit(Abi.RLIMIT_MSGQUEUE)
                        + " bytes (RLIMIT_MSGQUEUE), and this one needs "
                        + needed
                        + "; remove a queue, ask for less, or raise the limit with ulimit -q");
    }

    private static String setting(String file, String what) {
        return SETTINGS.resolve(file) + " allows " + number(file) + " " + what;
    }

    private static long number(String file) {
        // A setting answers the first read only, and Files.readString begins with a read of one
        // byte.
        try (InputStream setting = Files.newInputStream(SETTINGS.resolve(file))) {
            byte[] digits = new byte[32];
            int count = Math.max(setting.read(digits), 0);
            return Long.parseLong(new String(digits, 0, count, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
