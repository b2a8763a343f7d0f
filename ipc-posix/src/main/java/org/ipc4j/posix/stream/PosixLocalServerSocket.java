// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.LocalServerChannel;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.PeerCredentials;

import java.util.Optional;

/** A {@code unix(7)} socket that listens. */
final class PosixLocalServerSocket extends LocalServerChannel implements PassableHandle {
    private final String key;
    private final NativeHandle descriptor;
    private final Optional<OwnedAddress> owned;
    private final LocalSocketOptions options;
    private final Wait clients;

    private PosixLocalServerSocket(
            LocalAddress address,
            NativeHandle descriptor,
            Optional<OwnedAddress> owned,
            LocalSocketOptions options) {
        super(address, options.type());
        this.key = PosixLocalSocketProvider.key(address);
        this.descriptor = descriptor;
        this.owned = owned;
        this.options = options;
        this.clients = Wait.inKernel(name(), this::isOpen, () -> poll(0));
    }

    static PosixLocalServerSocket create(LocalAddress address, LocalSocketOptions options)
            throws IpcException {
        IpcName name = address.name();
        String key = PosixLocalSocketProvider.key(address);
        int type = PosixLocalSocket.type(options.type());
        int fd =
                PosixErrors.check(
                        SocketCalls.socket(type | Abi.SOCK_NONBLOCK | Abi.SOCK_CLOEXEC),
                        "socket",
                        name,
                        key);
        boolean done = false;
        Optional<OwnedAddress> owned = Optional.empty();
        try {
            SocketBuffers.setSize(fd, name, options.bufferSize());
            owned = OwnedAddress.bind(address, fd, options.access());
            PosixErrors.check(SocketCalls.listen(fd, options.backlog()), "listen", name, key);
            done = true;
            return new PosixLocalServerSocket(
                    address, UnistdCalls.handle(name, fd), owned, options);
        } finally {
            if (!done) {
                owned.ifPresent(OwnedAddress::release);
                UnistdCalls.close(fd);
            }
        }
    }

    static PosixLocalServerSocket adopt(AdoptableHandle received) throws IpcException {
        LocalSocketType[] type = {null};
        LocalAddress[] address = {null};
        NativeHandle handle =
                received.take(
                        HandleKind.SOCKET,
                        value -> {
                            int fd = (int) value;
                            type[0] = listeningType(fd, received.name());
                            address[0] = address(fd, received.name());
                            setNonblocking(fd, received.name());
                        });
        return new PosixLocalServerSocket(
                address[0], handle, Optional.empty(), LocalSocketOptions.DEFAULT.withType(type[0]));
    }

    private static LocalSocketType listeningType(int fd, IpcName name)
            throws IncompatibleException {
        if (SocketCalls.getsockopt(fd, Abi.SO_ACCEPTCONN) != 1) {
            throw new IncompatibleException(name, "what was received is not a socket that listens");
        }
        return PosixLocalSocket.type(SocketCalls.getsockopt(fd, Abi.SO_TYPE)).orElseThrow();
    }

    private static LocalAddress address(int fd, IpcName name) throws IncompatibleException {
        return SocketCalls.getsockname(fd)
                .flatMap(PosixLocalSocketProvider::address)
                .orElseThrow(() ->
                        new IncompatibleException(
                                name, "what was received listens at no address of its own"));
    }

    /** Accepting has no flag of its own for that. */
    private static void setNonblocking(int fd, IpcName name) throws IpcException {
        int flags = PosixErrors.check(FcntlCalls.fcntl_getfl(fd), "fcntl", name, name.value());
        PosixErrors.check(
                FcntlCalls.fcntl_setfl(fd, flags | Abi.O_NONBLOCK), "fcntl", name, name.value());
    }

    @Override
    public String nativeKey() {
        return key;
    }

    @Override
    public NativeHandle handle() {
        return descriptor;
    }

    /** A client whom the access does not let in could only have come by an abstract name. */
    @Override
    protected LocalSocket acceptNow() throws IpcException {
        while (true) {
            int fd = acceptAny();
            if (fd < 0) {
                return null;
            }
            boolean done = false;
            try {
                PeerCredentials peer = SocketPeer.of(fd);
                if (SocketPeer.isAccepted(peer, options.access())) {
                    LocalSocket accepted = PosixLocalSocket.of(fd, name(), peer, options);
                    done = true;
                    return accepted;
                }
            } finally {
                if (!done) {
                    UnistdCalls.close(fd);
                }
            }
        }
    }

    private int acceptAny() throws IpcException {
        int listening = (int) descriptor.enter();
        try {
            int result = SocketCalls.accept4(listening, Abi.SOCK_NONBLOCK | Abi.SOCK_CLOEXEC);
            return switch (Errno.of(result)) {
                case EAGAIN, EINTR -> -1;
                default -> PosixErrors.check(result, "accept4", name(), key);
            };
        } finally {
            descriptor.exit();
        }
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
    protected Wait clients() {
        return clients;
    }

    @Override
    protected void awaitClient(long nanos) {
        poll(nanos);
    }

    @Override
    protected void closeNow() {
        owned.ifPresent(OwnedAddress::release);
        descriptor.close();
    }

    @Override
    public String toString() {
        return "local server socket " + name();
    }
}
