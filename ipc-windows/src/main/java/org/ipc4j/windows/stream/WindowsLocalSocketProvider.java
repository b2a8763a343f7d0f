// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.windows.sys.Native;
import org.ipc4j.windows.sys.WindowsNames;
import org.ipc4j.windows.sys.WindowsProvider;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Local sockets over the named pipes of Windows. */
public final class WindowsLocalSocketProvider implements LocalSocketProvider, WindowsProvider {
    private static final String PIPES = "\\\\.\\pipe\\";

    /** For {@link java.util.ServiceLoader}. */
    public WindowsLocalSocketProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("CreateNamedPipeW");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.MESSAGE_SOCKETS,
                Capability.PEER_PROCESS);
    }

    /** The path of a pipe is an address too, as in {@code IpcName.ofNative}. */
    private static LocalAddress requirePipe(LocalAddress address) {
        boolean pipe =
                switch (address.kind()) {
                    case NAME -> true;
                    case PATH -> address.name().value().toLowerCase(Locale.ROOT).startsWith(PIPES);
                    case ABSTRACT -> false;
                };
        if (!pipe) {
            throw new UnsupportedOperationException(
                    "a local socket of Windows is a named pipe, which has no file and no abstract"
                            + " name; take a portable name, or the path "
                            + PIPES
                            + "name, instead of "
                            + address);
        }
        return address;
    }

    @Override
    public LocalServerSocket create(LocalAddress address, LocalSocketOptions options)
            throws IpcException {
        return WindowsLocalServerSocket.create(requirePipe(address), options);
    }

    @Override
    public Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(timeout, "timeout");
        return WindowsLocalSocket.connect(requirePipe(address), options, timeout);
    }

    @Override
    public LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        return WindowsLocalSocket.pair(options);
    }

    @Override
    public String nativeKey(IpcName name) {
        return WindowsNames.pipe(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return PipeClient.find(name);
    }
}
