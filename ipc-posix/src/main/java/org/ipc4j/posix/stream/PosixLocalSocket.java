// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.SocketMessages;
import org.ipc4j.posix.sys.TransferBuffer;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.LocalSocketChannel;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.PeerCredentials;
import org.ipc4j.stream.ReceivedHandle;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A connected {@code unix(7)} socket. It is asked never to block with each call, and not once for
 * all, since whoever it was passed to, or came from, shares its flags.
 */
final class PosixLocalSocket extends LocalSocketChannel implements PassableHandle {
    private static final IpcName PAIR = IpcName.ofNative("(pair)");
    private static final int FLAGS = Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL;

    private final NativeHandle descriptor;
    private final PeerCredentials peer;
    private final SocketReading reading;
    private final int maxMessageSize;
    private final Wait bytes;
    private final Wait room;
    private volatile boolean outputShut;

    private PosixLocalSocket(
            IpcName name,
            LocalSocketType type,
            NativeHandle descriptor,
            PeerCredentials peer,
            int maxMessageSize,
            int maxHandles) {
        super(name, type);
        this.descriptor = descriptor;
        this.peer = peer;
        this.maxMessageSize = maxMessageSize;
        this.reading = new SocketReading(name, type, maxHandles);
        this.bytes = Wait.inKernel(name, this::isOpen, this::readable);
        this.room = Wait.inKernel(name, this::isOpen, () -> poll(Abi.POLLOUT, 0));
    }

    /** Takes over a descriptor, unless this throws. */
    static PosixLocalSocket of(
            int fd, IpcName name, PeerCredentials peer, LocalSocketOptions options)
            throws IpcException {
        int maxMessageSize = SocketBuffers.prepare(fd, name, options.type(), options.bufferSize());
        return new PosixLocalSocket(
                name,
                options.type(),
                UnistdCalls.handle(name, fd),
                peer,
                maxMessageSize,
                options.maxHandles());
    }

    static Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        IpcName name = address.name();
        String key = PosixLocalSocketProvider.key(address);
        int fd =
                PosixErrors.check(
                        SocketCalls.socket(
                                type(options.type()) | Abi.SOCK_NONBLOCK | Abi.SOCK_CLOEXEC),
                        "socket",
                        name,
                        key);
        boolean done = false;
        try {
            boolean connected =
                    Wait.byPolling(name, () -> true, () -> 1)
                            .until(timeout, nanos -> connectNow(fd, address, key));
            if (!connected) {
                return Optional.empty();
            }
            PeerCredentials peer = SocketPeer.of(fd);
            if (!SocketPeer.isAccepted(peer, options.access())) {
                throw new IpcAccessDeniedException(
                        name,
                        key
                                + " is served by user "
                                + peer.userId().orElse(-1)
                                + "; if that is expected, connect with Access.EVERYBODY");
            }
            PosixLocalSocket socket = of(fd, name, peer, options);
            done = true;
            return Optional.of(socket);
        } finally {
            if (!done) {
                UnistdCalls.close(fd);
            }
        }
    }

    /**
     * Tries once.
     *
     * @return {@code false} if the server has too many clients already that wait
     */
    private static boolean connectNow(int fd, LocalAddress address, String key)
            throws IpcException {
        int result;
        if (address.kind() == LocalAddress.Kind.ABSTRACT) {
            result = SocketCalls.connect(fd, OwnedAddress.abstractName(address));
        } else if (SocketPlace.isShort(SocketPlace.path(address))) {
            result = SocketCalls.connect(fd, SocketPlace.path(address).toString());
        } else {
            try (SocketPlace place = SocketPlace.find(address)) {
                result = SocketCalls.connect(fd, place.address());
            }
        }
        return switch (Errno.of(result)) {
            case NONE -> true;
            case EAGAIN, EINTR -> false;
            default -> throw PosixErrors.exception(result, "connect", address.name(), key);
        };
    }

    static LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        SocketCalls.Pair pair =
                SocketCalls.socketpair(type(options.type()) | Abi.SOCK_NONBLOCK | Abi.SOCK_CLOEXEC);
        PosixErrors.check(pair.result(), "socketpair", PAIR, PAIR.value());
        int done = 0;
        try {
            PosixLocalSocket first = of(pair.first(), PAIR, SocketPeer.of(pair.first()), options);
            done = 1;
            PosixLocalSocket second =
                    of(pair.second(), PAIR, SocketPeer.of(pair.second()), options);
            done = 2;
            return new LocalSocketPair(first, second);
        } finally {
            if (done < 2) {
                UnistdCalls.close(pair.first());
                UnistdCalls.close(pair.second());
            }
        }
    }

    static PosixLocalSocket adopt(AdoptableHandle received) throws IpcException {
        LocalSocketType[] type = {null};
        int[] maxMessageSize = {0};
        NativeHandle handle =
                received.take(
                        HandleKind.SOCKET,
                        value -> {
                            int fd = (int) value;
                            type[0] = connectedType(fd, received.name());
                            maxMessageSize[0] = SocketBuffers.maxMessageSize(fd, type[0]);
                        });
        int fd = (int) handle.enter();
        try {
            return new PosixLocalSocket(
                    received.name(),
                    type[0],
                    handle,
                    SocketPeer.of(fd),
                    maxMessageSize[0],
                    LocalSocketOptions.DEFAULT.maxHandles());
        } finally {
            handle.exit();
        }
    }

    private static LocalSocketType connectedType(int fd, IpcName name)
            throws IncompatibleException {
        if (SocketCalls.getsockopt(fd, Abi.SO_ACCEPTCONN) != 0 || !SocketPeer.isThere(fd)) {
            throw new IncompatibleException(name, "what was received is not a connected socket");
        }
        return type(SocketCalls.getsockopt(fd, Abi.SO_TYPE))
                .orElseThrow(() ->
                        new IncompatibleException(
                                name, "what was received is a socket of datagrams"));
    }

    /** The kernel's word for a type. */
    static int type(LocalSocketType type) {
        return switch (type) {
            case STREAM -> Abi.SOCK_STREAM;
            case SEQPACKET -> Abi.SOCK_SEQPACKET;
        };
    }

    /** Our word for a type, if it is one of connected sockets. */
    static Optional<LocalSocketType> type(int type) {
        return type == Abi.SOCK_STREAM
                ? Optional.of(LocalSocketType.STREAM)
                : type == Abi.SOCK_SEQPACKET
                        ? Optional.of(LocalSocketType.SEQPACKET)
                        : Optional.empty();
    }

    @Override
    public PeerCredentials peer() {
        return peer;
    }

    @Override
    public int maxMessageSize() {
        return maxMessageSize;
    }

    @Override
    public NativeHandle handle() {
        return descriptor;
    }

    @Override
    protected boolean passesHandles() {
        return true;
    }

    @Override
    protected int readNow(ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        int fd = (int) descriptor.enter();
        try {
            return reading.readNow(fd, target, handles);
        } finally {
            descriptor.exit();
        }
    }

    @Override
    public boolean isMessageComplete() {
        return reading.isMessageComplete();
    }

    @Override
    protected void writeNow(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
        if (outputShut) {
            throw new IpcException(name(), "this end writes no more, shutdownOutput() was called");
        }
        int fd = (int) descriptor.enter();
        try {
            List<PassableHandle> first = handles;
            long written;
            do {
                written = send(fd, source, first);
                if (written > 0) {
                    source.position(source.position() + (int) written);
                    first = List.of();
                } else {
                    requireNotNow(written);
                }
            } while (source.hasRemaining() && Errno.of(written) != Errno.EAGAIN);
        } finally {
            descriptor.exit();
        }
    }

    /** Sends a message whole, or as much of a stream as is copied at once. */
    private long send(int fd, ByteBuffer source, List<PassableHandle> handles) throws IpcException {
        int left = source.remaining();
        if (source.isDirect() && handles.isEmpty()) {
            return SocketCalls.send(fd, MemorySegment.ofBuffer(source), left, FLAGS);
        }
        boolean message = type() == LocalSocketType.SEQPACKET;
        int count = message ? left : Math.min(left, TransferBuffer.SIZE);
        try (TransferBuffer buffer = TransferBuffer.borrow(count)) {
            buffer.put(source, count);
            MemorySegment copy = buffer.segment();
            return handles.isEmpty()
                    ? SocketCalls.send(fd, copy, count, FLAGS)
                    : PassedDescriptors.during(
                            handles,
                            descriptors ->
                                    SocketMessages.sendmsg(
                                            fd, copy.asSlice(0, count), null, descriptors, FLAGS));
        }
    }

    private void requireNotNow(long result) throws IpcException {
        switch (Errno.of(result)) {
            case EAGAIN, EINTR -> {}
            case EPIPE, ECONNRESET, ENOTCONN, ECONNREFUSED ->
                    throw new PeerClosedException(
                            name(), "the other end is closed (" + Errno.of(result) + ")");
            default -> throw PosixErrors.exception(result, "sendmsg", name(), name().value());
        }
    }

    @Override
    protected void shutdownNow() throws IpcException {
        int fd = (int) descriptor.enter();
        try {
            outputShut = true;
            int result = SocketCalls.shutdown(fd, Abi.SHUT_WR);
            if (Errno.of(result) != Errno.ENOTCONN) {
                PosixErrors.check(result, "shutdown", name(), name().value());
            }
        } finally {
            descriptor.exit();
        }
    }

    private int readable() {
        return reading.hasRest() ? 1 : poll(Abi.POLLIN, 0);
    }

    private int poll(short events, long nanos) {
        int fd = (int) descriptor.enter();
        try {
            return PollCalls.poll(fd, events, nanos);
        } finally {
            descriptor.exit();
        }
    }

    @Override
    protected Wait bytes() {
        return bytes;
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected void awaitBytes(long nanos) {
        if (!reading.hasRest()) {
            poll(Abi.POLLIN, nanos);
        }
    }

    @Override
    protected void awaitRoom(long nanos) {
        poll(Abi.POLLOUT, nanos);
    }

    @Override
    protected void implCloseChannel() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "local socket " + name();
    }
}
