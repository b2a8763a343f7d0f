// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.LocalSocketType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Offers the UNIX-domain channels of the JDK: streams of bytes. */
public final class JvmLocalSocketProvider implements LocalSocketProvider {
    private static final IpcName PAIR = IpcName.ofNative("(pair)");

    /** Does nothing. */
    public JvmLocalSocketProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return sockets();
    }

    /** Tells whether the system has such sockets. */
    static Availability sockets() {
        try {
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
            return Availability.available();
        } catch (IOException | UnsupportedOperationException e) {
            return Availability.unavailable(
                    "this system has no UNIX-domain sockets: " + e.getMessage());
        }
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities =
                EnumSet.of(
                        Capability.CROSS_PROCESS,
                        Capability.REMOVABLE_NAME,
                        Capability.FOREIGN_PEERS,
                        Capability.SOCKET_FILES,
                        Capability.HALF_CLOSE);
        if (Readiness.IN_KERNEL) {
            capabilities.add(Capability.KERNEL_WAIT);
        }
        if (Place.here().isCommon()) {
            capabilities.add(Capability.SHARED_ACCESS); // of files with permissions
        }
        return Set.copyOf(capabilities);
    }

    private static void requireStream(LocalSocketOptions options) {
        if (options.type() != LocalSocketType.STREAM) {
            throw new UnsupportedOperationException(
                    "the JDK has local sockets for streams of bytes only; messages need the"
                            + " provider of the system, or a length before each");
        }
    }

    @Override
    public LocalServerSocket create(LocalAddress address, LocalSocketOptions options)
            throws IpcException {
        requireStream(options);
        SocketPlace place = SocketPlace.of(address);
        if (address.kind() == LocalAddress.Kind.NAME && options.access() != Access.OWNER) {
            throw new UnsupportedOperationException(
                    "a socket with a portable name is in a directory that only its user can enter;"
                            + " for Access."
                            + options.access()
                            + " give a path");
        }
        Listener listener =
                FileWork.call(
                        "bind",
                        address.name(),
                        () ->
                                Listener.open(
                                        address.name(),
                                        place,
                                        options.access(),
                                        options.backlog()));
        return new JvmLocalServerSocket(address, options, listener);
    }

    @Override
    public Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        requireStream(options);
        Objects.requireNonNull(timeout, "timeout");
        SocketPlace place = SocketPlace.of(address);
        SocketPlace.requireShort(address.name(), place.socket());
        Wait.requireNotInterrupted();
        requireAccepted(address, place, options.access());
        LocalSocket[] connected = {null};
        Wait.byPolling(address.name(), () -> true, () -> 1)
                .until(
                        timeout,
                        nanos -> {
                            connected[0] = connect(address.name(), place, options);
                            return connected[0] != null;
                        });
        return Optional.ofNullable(connected[0]);
    }

    private static void requireAccepted(LocalAddress address, SocketPlace place, Access access)
            throws IpcException {
        if (!place.requireSocketOrNothing(address.name())) {
            throw absent(address.name(), place);
        }
        try {
            FileWork.call(() -> {
                place.requireOwner(address.name(), access);
                return null;
            });
        } catch (NoSuchFileException e) {
            throw absent(address.name(), place);
        } catch (IOException e) {
            throw FileErrors.exception(e, "connect", address.name());
        }
    }

    private static NameNotFoundException absent(IpcName name, SocketPlace place) {
        return new NameNotFoundException(
                name, "no server has the address " + place.socket() + "; create it first");
    }

    /**
     * Tries to connect.
     *
     * @return the client's end, or null if too many wait to be accepted
     */
    private static LocalSocket connect(IpcName name, SocketPlace place, LocalSocketOptions options)
            throws IpcException {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            boolean connected = false;
            try {
                channel.configureBlocking(false);
                connected = channel.connect(UnixDomainSocketAddress.of(place.socket()));
            } finally {
                if (!connected) {
                    channel.close();
                }
            }
            return connected ? JvmLocalSocket.of(name, channel, options) : null;
        } catch (ConnectException e) {
            throw absent(name, place); // refused: a dead server has left the socket
        } catch (SocketException e) {
            if (isBusy(e)) {
                return null;
            }
            if (!place.isTaken()) {
                throw absent(name, place);
            }
            throw isOfAnotherType(e)
                    ? new IncompatibleException(
                            name, place.socket() + " is not a socket for streams of bytes")
                    : FileErrors.exception(e, "connect", name);
        } catch (IOException e) {
            throw FileErrors.exception(e, "connect", name);
        }
    }

    /**
     * Tells whether too many wait to be accepted. The JDK keeps the code, {@code EAGAIN}, to
     * itself.
     */
    static boolean isBusy(SocketException e) {
        return e.getMessage() != null && e.getMessage().contains("temporarily unavailable");
    }

    private static boolean isOfAnotherType(SocketException e) {
        return e.getMessage() != null && e.getMessage().contains("wrong type");
    }

    @Override
    public LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        requireStream(options);
        return FileWork.call(
                "connect",
                PAIR,
                () -> {
                    Path folder = Files.createTempDirectory("ipc4j"); // where nobody else can enter
                    Path socket = folder.resolve("s");
                    try (ServerSocketChannel server =
                            ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                        SocketPlace.requireShort(PAIR, socket);
                        server.bind(UnixDomainSocketAddress.of(socket));
                        JvmLocalSocket first =
                                JvmLocalSocket.of(
                                        PAIR,
                                        SocketChannel.open(UnixDomainSocketAddress.of(socket)),
                                        options);
                        try {
                            return new LocalSocketPair(
                                    first, JvmLocalSocket.of(PAIR, server.accept(), options));
                        } catch (IOException e) {
                            first.close();
                            throw e;
                        }
                    } finally {
                        Files.deleteIfExists(socket);
                        Files.delete(folder);
                    }
                });
    }

    @Override
    public String nativeKey(IpcName name) {
        return SocketPlace.of(LocalAddress.of(name)).socket().toString();
    }

    @Override
    public Optional<String> find(IpcName name) {
        try {
            SocketPlace place = SocketPlace.of(LocalAddress.of(name));
            return place.isTaken() ? Optional.of(place.socket().toString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no socket can have that name
        }
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        SocketPlace place = SocketPlace.of(LocalAddress.of(name));
        return FileWork.call("remove", name, () -> Listener.remove(name, place));
    }
}
