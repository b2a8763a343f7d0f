// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Offers named pipes over UNIX-domain sockets. */
public final class JvmNamedPipeProvider implements NamedPipeProvider {
    private static final int BACKLOG = 1024;

    /** Does nothing. */
    public JvmNamedPipeProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        Availability sockets = JvmLocalSocketProvider.sockets();
        return sockets.isAvailable() ? Place.here().availability() : sockets;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities =
                EnumSet.of(
                        Capability.CROSS_PROCESS,
                        Capability.REMOVABLE_NAME,
                        Capability.ATOMIC_APPEARANCE);
        if (Place.here().isCommon()) {
            capabilities.add(Capability.SHARED_ACCESS);
            capabilities.add(Capability.FOREIGN_PEERS);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public NamedPipeReader createReader(IpcName name, NamedPipeOptions options)
            throws IpcException {
        Place.here().requireSupported(options.access());
        SocketPlace place = SocketPlace.of(name);
        Listener listener =
                FileWork.call(
                        "bind", name, () -> Listener.open(name, place, options.access(), BACKLOG));
        return new JvmNamedPipeReader(name, listener);
    }

    @Override
    public NamedPipeReader openReader(IpcName name, Access access) {
        throw new UnsupportedOperationException(
                "provider jvm reads only pipes that it creates; a FIFO of another program is read"
                        + " with provider posix");
    }

    @Override
    public Optional<NamedPipeWriter> openWriter(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(access, "access");
        SocketPlace place = SocketPlace.of(name);
        JvmNamedPipeWriter[] writer = {null};
        Wait.byPolling(name, () -> true, () -> place.isTaken() ? 1 : 0)
                .until(
                        timeout,
                        nanos -> {
                            writer[0] =
                                    place.requireSocketOrNothing(name)
                                            ? connect(name, place, access).orElse(null)
                                            : null;
                            return writer[0] != null;
                        });
        return Optional.ofNullable(writer[0]);
    }

    private static Optional<JvmNamedPipeWriter> connect(
            IpcName name, SocketPlace place, Access access) throws IpcException {
        try {
            return FileWork.call(() -> {
                FileOwner.require(name, place.socket(), access, NOFOLLOW_LINKS);
                return JvmNamedPipeWriter.connect(name, place.socket());
            });
        } catch (NoSuchFileException e) {
            return Optional.empty(); // just gone
        } catch (IOException e) {
            throw FileErrors.exception(e, "connect", name);
        }
    }

    @Override
    public String nativeKey(IpcName name) {
        return SocketPlace.of(name).socket().toString();
    }

    @Override
    public Optional<String> find(IpcName name) {
        try {
            SocketPlace place = SocketPlace.of(name);
            return place.isTaken() ? Optional.of(place.socket().toString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no socket can have that name
        }
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        SocketPlace place = SocketPlace.of(name);
        return FileWork.call("remove", name, () -> Listener.remove(name, place));
    }
}
