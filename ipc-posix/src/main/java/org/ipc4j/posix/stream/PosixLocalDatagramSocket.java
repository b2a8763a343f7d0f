// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.SocketMessages;
import org.ipc4j.posix.sys.TransferBuffer;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.LocalDatagramChannel;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagram;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.PeerCredentials;
import org.ipc4j.stream.ReceivedHandle;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A {@code unix(7)} socket of datagrams. */
final class PosixLocalDatagramSocket extends LocalDatagramChannel implements PassableHandle {
    private static final IpcName UNNAMED = IpcName.ofNative("(unnamed)");

    private final NativeHandle descriptor;
    private final Optional<OwnedAddress> owned;
    private final LocalDatagramOptions options;
    private final int maxMessageSize;
    private final Wait datagrams;
    private final Wait room;

    /** The user's own directory was looked at; nobody else can put another one there. */
    private volatile boolean ownFolderChecked;

    private PosixLocalDatagramSocket(
            IpcName name,
            Optional<LocalAddress> address,
            NativeHandle descriptor,
            Optional<OwnedAddress> owned,
            LocalDatagramOptions options,
            int maxMessageSize) {
        super(name, address);
        this.descriptor = descriptor;
        this.owned = owned;
        this.options = options;
        this.maxMessageSize = maxMessageSize;
        this.datagrams = Wait.inKernel(name, this::isOpen, () -> poll(0));
        this.room = Wait.byPolling(name, this::isOpen, () -> 1); // that of any receiver
    }

    static PosixLocalDatagramSocket create(
            Optional<LocalAddress> address, LocalDatagramOptions options) throws IpcException {
        IpcName name = address.map(LocalAddress::name).orElse(UNNAMED);
        int fd =
                PosixErrors.check(
                        SocketCalls.socket(Abi.SOCK_DGRAM | Abi.SOCK_NONBLOCK | Abi.SOCK_CLOEXEC),
                        "socket",
                        name,
                        name.value());
        boolean done = false;
        Optional<OwnedAddress> owned = Optional.empty();
        try {
            SocketBuffers.setSize(fd, name, options.bufferSize());
            if (address.isPresent()) {
                owned = OwnedAddress.bind(address.get(), fd, options.access());
                askForSenders(fd, name); // not earlier, or it would get an abstract address
            }
            int maxMessageSize = SocketBuffers.maxMessageSize(fd);
            done = true;
            return new PosixLocalDatagramSocket(
                    name, address, UnistdCalls.handle(name, fd), owned, options, maxMessageSize);
        } finally {
            if (!done) {
                owned.ifPresent(OwnedAddress::release);
                UnistdCalls.close(fd);
            }
        }
    }

    private static void askForSenders(int fd, IpcName name) throws IpcException {
        PosixErrors.check(
                SocketCalls.setsockopt(fd, Abi.SO_PASSCRED, 1), "setsockopt", name, name.value());
    }

    static PosixLocalDatagramSocket adopt(AdoptableHandle received) throws IpcException {
        List<LocalAddress> address = new ArrayList<>();
        int[] maxMessageSize = {0};
        NativeHandle handle =
                received.take(
                        HandleKind.SOCKET,
                        value -> {
                            int fd = (int) value;
                            if (SocketCalls.getsockopt(fd, Abi.SO_TYPE) != Abi.SOCK_DGRAM) {
                                throw new IncompatibleException(
                                        received.name(),
                                        "what was received is not a socket of datagrams");
                            }
                            Optional<String> bound = SocketCalls.getsockname(fd);
                            if (bound.isPresent()) {
                                askForSenders(fd, received.name());
                            }
                            bound.flatMap(PosixLocalSocketProvider::address)
                                    .ifPresent(address::add);
                            maxMessageSize[0] = SocketBuffers.maxMessageSize(fd);
                        });
        return new PosixLocalDatagramSocket(
                received.name(),
                address.stream().findFirst(),
                handle,
                Optional.empty(),
                LocalDatagramOptions.DEFAULT,
                maxMessageSize[0]);
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
    protected boolean sendNow(ByteBuffer source, LocalAddress to, List<PassableHandle> handles)
            throws IpcException {
        int count = source.remaining();
        long sent;
        int fd = (int) descriptor.enter();
        try (TransferBuffer buffer = TransferBuffer.borrow(count)) {
            MemorySegment bytes =
                    buffer.segment()
                            .asSlice(0, count)
                            .copyFrom(MemorySegment.ofBuffer(source).asSlice(0, count));
            sent =
                    PassedDescriptors.during(
                            handles, descriptors -> send(fd, bytes, to, descriptors));
        } finally {
            descriptor.exit();
        }
        switch (Errno.of(sent)) {
            case NONE -> source.position(source.limit());
            case EAGAIN, EINTR -> {
                return false;
            }
            default ->
                    throw PosixErrors.exception(
                            sent, "sendmsg", to.name(), PosixLocalSocketProvider.key(to));
        }
        return true;
    }

    private long send(int fd, MemorySegment bytes, LocalAddress to, int[] descriptors)
            throws IpcException {
        requireAccepted(to);
        int flags = Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL;
        if (to.kind() == LocalAddress.Kind.ABSTRACT) {
            return SocketMessages.sendmsg(
                    fd, bytes, OwnedAddress.abstractName(to), descriptors, flags);
        }
        if (SocketPlace.isShort(SocketPlace.path(to))) {
            return SocketMessages.sendmsg(
                    fd, bytes, SocketPlace.path(to).toString(), descriptors, flags);
        }
        try (SocketPlace place = SocketPlace.find(to)) {
            return SocketMessages.sendmsg(fd, bytes, place.address(), descriptors, flags);
        }
    }

    /** There is no connection whose other end could be asked who it is. */
    private void requireAccepted(LocalAddress to) throws IpcException {
        if (options.access() == Access.EVERYBODY) {
            return;
        }
        switch (to.kind()) {
            case NAME -> {
                if (!ownFolderChecked) {
                    SocketPlace.requirePrivate(to);
                    ownFolderChecked = true;
                }
            }
            case PATH -> SocketPlace.requireOwner(to, options.access());
            case ABSTRACT ->
                    throw new IpcAccessDeniedException(
                            to.name(),
                            "nobody owns an abstract name; if anybody may receive it, send with"
                                    + " Access.EVERYBODY");
        }
    }

    /** A sender whom the access does not let in could only have come by an abstract name. */
    @Override
    protected LocalDatagram receiveNow(
            ByteBuffer target, Collection<? super ReceivedHandle> handles) throws IpcException {
        while (true) {
            SocketMessages.Received received;
            int room;
            int fd = (int) descriptor.enter();
            try {
                room = (int) Math.min(target.remaining(), sizeOfNext(fd, target.remaining()));
                try (TransferBuffer buffer = TransferBuffer.borrow(room)) {
                    MemorySegment bytes = buffer.segment().asSlice(0, room);
                    received =
                            SocketMessages.recvmsg(
                                    fd,
                                    bytes,
                                    handles == null ? 0 : options.maxHandles(),
                                    Abi.MSG_DONTWAIT | Abi.MSG_TRUNC | Abi.MSG_CMSG_CLOEXEC);
                    if (isAccepted(received)) {
                        int count = (int) Math.min(received.result(), room);
                        target.put(target.position(), bytes.asByteBuffer(), 0, count);
                        target.position(target.position() + count);
                        return datagram(received, count, handles);
                    }
                }
            } finally {
                descriptor.exit();
            }
            switch (Errno.of(received.result())) {
                case NONE -> close(received.descriptors());
                case EINTR, ECONNRESET -> {}
                case EAGAIN -> {
                    return null;
                }
                default ->
                        throw PosixErrors.exception(
                                received.result(), "recvmsg", name(), name().value());
            }
        }
    }

    /** For a large target, no large buffer is lent before it is needed. */
    private static long sizeOfNext(int fd, int room) {
        if (room <= TransferBuffer.SIZE) {
            return room;
        }
        try (TransferBuffer buffer = TransferBuffer.borrow(1)) {
            long size =
                    SocketCalls.recv(
                            fd,
                            buffer.segment(),
                            1,
                            Abi.MSG_PEEK | Abi.MSG_TRUNC | Abi.MSG_DONTWAIT);
            return Math.max(size, TransferBuffer.SIZE);
        }
    }

    private boolean isAccepted(SocketMessages.Received received) {
        return received.result() >= 0
                && SocketPeer.isAccepted(credentials(received), options.access());
    }

    private static PeerCredentials credentials(SocketMessages.Received received) {
        return received.credentials().map(SocketPeer::of).orElse(PeerCredentials.UNKNOWN);
    }

    private static void close(int[] descriptors) {
        for (int fd : descriptors) {
            UnistdCalls.close(fd);
        }
    }

    private LocalDatagram datagram(
            SocketMessages.Received received, int count, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        if (handles != null) {
            PassedDescriptors.take(received, handles, options.maxHandles(), name());
        }
        return new LocalDatagram(
                count,
                (int) received.result(),
                received.sender().flatMap(PosixLocalSocketProvider::address),
                credentials(received));
    }

    private int poll(long nanos) {
        int fd = (int) descriptor.enter();
        try {
            return PollCalls.poll(fd, Abi.POLLIN, nanos);
        } finally {
            descriptor.exit();
        }
    }

    @Override
    protected Wait datagrams() {
        return datagrams;
    }

    @Override
    protected void awaitDatagram(long nanos) {
        poll(nanos);
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected void closeNow() {
        owned.ifPresent(OwnedAddress::release);
        descriptor.close();
    }

    @Override
    public String toString() {
        return "local datagram socket " + name();
    }
}
