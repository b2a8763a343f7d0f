// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.stream.LocalSocketType;

/** How much the kernel keeps of what a socket has sent, and how long a message may be so. */
final class SocketBuffers {
    /** What the kernel adds to a message that must fit into the buffer; see unix_dgram_sendmsg. */
    private static final int OVERHEAD = 32;

    /** The kernel gathers a message from at most so much memory, however large the buffer. */
    private static final int LARGEST_MESSAGE = 1 << 19;

    private SocketBuffers() {}

    /**
     * Sets the size of a socket's buffer.
     *
     * @return how long a message may be
     */
    static int prepare(int fd, IpcName name, LocalSocketType type, int bufferSize)
            throws IpcException {
        setSize(fd, name, bufferSize);
        return maxMessageSize(fd, type);
    }

    /** Sets the size of a socket's buffer. */
    static void setSize(int fd, IpcName name, int bufferSize) throws IpcException {
        PosixErrors.check(
                SocketCalls.setsockopt(fd, Abi.SO_SNDBUF, bufferSize),
                "setsockopt",
                name,
                name.value());
        int half = SocketCalls.getsockopt(fd, Abi.SO_SNDBUF) / 2; // it keeps as much for itself
        if (half < bufferSize) {
            throw new ResourceLimitException(
                    name,
                    "the system gives a buffer of "
                            + half
                            + " bytes, not of "
                            + bufferSize
                            + "; raise it in /proc/sys/net/core/wmem_max, or ask for less");
        }
    }

    static int maxMessageSize(int fd, LocalSocketType type) {
        return type == LocalSocketType.STREAM ? Integer.MAX_VALUE : maxMessageSize(fd);
    }

    static int maxMessageSize(int fd) {
        return Math.min(LARGEST_MESSAGE, SocketCalls.getsockopt(fd, Abi.SO_SNDBUF) - OVERHEAD);
    }
}
