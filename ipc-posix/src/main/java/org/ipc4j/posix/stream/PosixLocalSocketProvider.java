// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Local sockets by {@code unix(7)}. */
public final class PosixLocalSocketProvider implements LocalSocketProvider, PosixProvider {
    /** A way through a descriptor of another process, which leads nowhere here. */
    private static final String THROUGH_DESCRIPTOR = "/proc/self/fd/";

    /** For {@link java.util.ServiceLoader}. */
    public PosixLocalSocketProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("accept4", "sendmsg");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.HANDLE_PASSING,
                Capability.MESSAGE_SOCKETS,
                Capability.DATAGRAMS,
                Capability.SOCKET_FILES,
                Capability.ABSTRACT_NAMES,
                Capability.HALF_CLOSE,
                Capability.PEER_PROCESS,
                Capability.PEER_IDENTITY);
    }

    @Override
    public LocalServerSocket create(LocalAddress address, LocalSocketOptions options)
            throws IpcException {
        return PosixLocalServerSocket.create(address, options);
    }

    @Override
    public Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(options, "options");
        return PosixLocalSocket.connect(
                address, options, Objects.requireNonNull(timeout, "timeout"));
    }

    @Override
    public LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        return PosixLocalSocket.pair(options);
    }

    @Override
    public LocalSocket adopt(AdoptableHandle received) throws IpcException {
        return PosixLocalSocket.adopt(received);
    }

    @Override
    public LocalServerSocket adoptServer(AdoptableHandle received) throws IpcException {
        return PosixLocalServerSocket.adopt(received);
    }

    @Override
    public LocalDatagramSocket createDatagram(LocalAddress address, LocalDatagramOptions options)
            throws IpcException {
        return PosixLocalDatagramSocket.create(Optional.of(address), options);
    }

    @Override
    public LocalDatagramSocket createUnnamedDatagram(LocalDatagramOptions options)
            throws IpcException {
        return PosixLocalDatagramSocket.create(Optional.empty(), options);
    }

    @Override
    public LocalDatagramSocket adoptDatagram(AdoptableHandle received) throws IpcException {
        return PosixLocalDatagramSocket.adopt(received);
    }

    @Override
    public String nativeKey(IpcName name) {
        return key(LocalAddress.of(name));
    }

    /** What other programs call an address. */
    static String key(LocalAddress address) {
        return address.kind() == LocalAddress.Kind.ABSTRACT
                ? address.name().value()
                : SocketPlace.path(address).toString();
    }

    /** Our word for an address that the system tells, unless others cannot use it. */
    static Optional<LocalAddress> address(String told) {
        if (told.startsWith("\0")) {
            return told.length() > 1 && told.indexOf('\0', 1) < 0
                    ? Optional.of(LocalAddress.ofAbstract(told.substring(1)))
                    : Optional.empty();
        }
        return told.startsWith("/") && !told.startsWith(THROUGH_DESCRIPTOR)
                ? Optional.of(LocalAddress.of(Path.of(told)))
                : Optional.empty();
    }

    @Override
    public Optional<String> find(IpcName name) {
        if (!availability().isAvailable()) {
            return Optional.empty(); // then nobody can be asked who runs this process
        }
        return PosixNames.find(name, n -> SocketPlace.path(LocalAddress.of(n)), this::nativeKey);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        return OwnedAddress.remove(LocalAddress.of(name));
    }
}
