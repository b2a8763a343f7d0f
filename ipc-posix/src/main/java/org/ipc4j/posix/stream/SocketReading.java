// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.SocketMessages;
import org.ipc4j.posix.sys.TransferBuffer;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.ReceivedHandle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Collection;

/** The reading half of a connected socket. Used by one thread at a time. */
final class SocketReading {
    private static final int NOTHING = 0;
    private static final int END = -1;
    private static final int EMPTY_MESSAGE = -2;

    private final IpcName name;
    private final LocalSocketType type;
    private final int maxHandles;

    /** What the last read had no room for, or null. */
    private volatile ByteBuffer rest;

    private volatile boolean messageComplete;

    SocketReading(IpcName name, LocalSocketType type, int maxHandles) {
        this.name = name;
        this.type = type;
        this.maxHandles = maxHandles;
    }

    boolean hasRest() {
        return rest != null;
    }

    boolean isMessageComplete() {
        return messageComplete;
    }

    /** As {@link org.ipc4j.spi.LocalSocketChannel#readNow} says. */
    int readNow(int fd, ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        messageComplete = false;
        if (rest != null) {
            return takeRest(target);
        }
        if (type == LocalSocketType.SEQPACKET) {
            return readMessage(fd, target, handles);
        }
        return handles == null ? readStream(fd, target) : readStream(fd, target, handles);
    }

    private int takeRest(ByteBuffer target) {
        ByteBuffer left = rest;
        int count = Math.min(target.remaining(), left.remaining());
        target.put(target.position(), left, left.position(), count);
        target.position(target.position() + count);
        left.position(left.position() + count);
        if (!left.hasRemaining()) {
            rest = null;
            messageComplete = true;
        }
        return count;
    }

    private int readStream(int fd, ByteBuffer target) throws IpcException {
        if (target.isDirect()) {
            long count = receive(fd, MemorySegment.ofBuffer(target), target.remaining(), 0);
            if (count > 0) {
                target.position(target.position() + (int) count);
            }
            return streamResult(count);
        }
        int room = Math.min(target.remaining(), TransferBuffer.SIZE);
        try (TransferBuffer buffer = TransferBuffer.borrow(room)) {
            long count = receive(fd, buffer.segment(), room, 0);
            if (count > 0) {
                buffer.take(target, (int) count);
            }
            return streamResult(count);
        }
    }

    private int readStream(int fd, ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        int room = Math.min(target.remaining(), TransferBuffer.SIZE);
        try (TransferBuffer buffer = TransferBuffer.borrow(room)) {
            SocketMessages.Received received =
                    receiveAll(fd, buffer.segment().asSlice(0, room), maxHandles);
            if (received.result() > 0) {
                buffer.take(target, (int) received.result());
                PassedDescriptors.take(received, handles, maxHandles, name);
            }
            return streamResult(received.result());
        }
    }

    private int streamResult(long result) throws IpcException {
        return result == 0 ? END : result > 0 ? (int) result : requireNotNow(result);
    }

    /** Looks how long the next message is, and takes it whole: the system drops what is left. */
    private int readMessage(int fd, ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        long size;
        try (TransferBuffer buffer = TransferBuffer.borrow(1)) {
            size = receive(fd, buffer.segment(), 1, Abi.MSG_PEEK | Abi.MSG_TRUNC);
        }
        if (size < 0) {
            return requireNotNow(size);
        }
        if (size == 0) {
            return emptyMessageOrEnd(fd, target, handles);
        }
        if (handles == null && target.isDirect() && target.remaining() >= size) {
            long count =
                    receive(fd, MemorySegment.ofBuffer(target), target.remaining(), Abi.MSG_TRUNC);
            requireWhole(count, target.remaining());
            if (count > 0) {
                target.position(target.position() + (int) count);
                messageComplete = true;
            }
            return count < 0 ? requireNotNow(count) : (int) count;
        }
        try (TransferBuffer buffer = TransferBuffer.borrow(size)) {
            if (handles == null) {
                long count = receive(fd, buffer.segment(), buffer.size(), Abi.MSG_TRUNC);
                return count < 0 ? requireNotNow(count) : takeMessage(buffer, count, target);
            }
            SocketMessages.Received received = receiveAll(fd, buffer.segment(), maxHandles);
            if (received.result() < 0) {
                return requireNotNow(received.result());
            }
            int count = takeMessage(buffer, received.result(), target);
            PassedDescriptors.take(received, handles, maxHandles, name);
            return count;
        }
    }

    private int takeMessage(TransferBuffer buffer, long count, ByteBuffer target)
            throws IpcException {
        requireWhole(count, buffer.size());
        int fits = (int) Math.min(count, target.remaining());
        buffer.take(target, fits);
        if (fits < count) {
            rest =
                    ByteBuffer.wrap(
                            buffer.segment()
                                    .asSlice(fits, count - fits)
                                    .toArray(ValueLayout.JAVA_BYTE));
        } else {
            messageComplete = true;
        }
        return fits;
    }

    /** Only if somebody else reads from the same socket is it another message than we looked at. */
    private void requireWhole(long count, long room) throws IpcException {
        if (count > room) {
            throw new IpcException(
                    name,
                    "another process that has this socket took a message, and of the next one, of "
                            + count
                            + " bytes, all but "
                            + room
                            + " are lost; let one process read");
        }
    }

    /**
     * Both are 0 bytes. But the system says who has sent a message, if it is asked to, and says
     * nothing at the end.
     */
    private int emptyMessageOrEnd(
            int fd, ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        SocketCalls.setsockopt(fd, Abi.SO_PASSCRED, 1);
        try (TransferBuffer buffer = TransferBuffer.borrow(TransferBuffer.SIZE)) {
            SocketMessages.Received received =
                    receiveAll(fd, buffer.segment(), handles == null ? 0 : maxHandles);
            if (received.result() < 0) {
                return requireNotNow(received.result());
            }
            if (received.result() == 0 && received.credentials().isEmpty()) {
                return END;
            }
            int count = takeMessage(buffer, received.result(), target);
            if (handles != null) {
                PassedDescriptors.take(received, handles, maxHandles, name);
            }
            return count == 0 ? EMPTY_MESSAGE : count;
        } finally {
            // Left on, it would give this end an abstract address as soon as it writes.
            SocketCalls.setsockopt(fd, Abi.SO_PASSCRED, 0);
        }
    }

    /**
     * A peer that closes without having read everything is told once, before what it has written.
     */
    private static long receive(int fd, MemorySegment bytes, long room, int flags) {
        long count;
        do {
            count = SocketCalls.recv(fd, bytes, room, flags | Abi.MSG_DONTWAIT);
        } while (isToBeRepeated(count));
        return count;
    }

    private static SocketMessages.Received receiveAll(
            int fd, MemorySegment bytes, int maxDescriptors) {
        SocketMessages.Received received;
        do {
            received =
                    SocketMessages.recvmsg(
                            fd,
                            bytes,
                            maxDescriptors,
                            Abi.MSG_DONTWAIT | Abi.MSG_TRUNC | Abi.MSG_CMSG_CLOEXEC);
        } while (isToBeRepeated(received.result()));
        return received;
    }

    private static boolean isToBeRepeated(long result) {
        Errno errno = Errno.of(result);
        return errno == Errno.EINTR || errno == Errno.ECONNRESET;
    }

    private int requireNotNow(long result) throws IpcException {
        if (Errno.of(result) == Errno.EAGAIN) {
            return NOTHING;
        }
        throw PosixErrors.exception(result, "recvmsg", name, name.value());
    }
}
