// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.LocalServerChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.windows.sys.WindowsNames;

/**
 * The server of a named pipe. Its name stays until the last of its connections is closed, as
 * Windows has it.
 */
final class WindowsLocalServerSocket extends LocalServerChannel {
    private final PipeArrivals arrivals;
    private final Wait clients;

    private WindowsLocalServerSocket(
            LocalAddress address, LocalSocketType type, PipeArrivals arrivals) {
        super(address, type);
        this.arrivals = arrivals;
        this.clients = Wait.inKernel(name(), this::isOpen, arrivals::count);
    }

    static WindowsLocalServerSocket create(LocalAddress address, LocalSocketOptions options)
            throws IpcException {
        return new WindowsLocalServerSocket(
                address, options.type(), listen(address.name(), options));
    }

    static PipeArrivals listen(IpcName name, LocalSocketOptions options) throws IpcException {
        return PipeArrivals.listen(
                name,
                options.access(),
                options.type() == LocalSocketType.SEQPACKET,
                options.bufferSize());
    }

    @Override
    protected LocalSocket acceptNow() throws IpcException {
        PipeEnd end = arrivals.poll();
        return end == null ? null : WindowsLocalSocket.of(name(), end, arrivals.info(), true);
    }

    @Override
    protected Wait clients() {
        return clients;
    }

    @Override
    protected void awaitClient(long nanos) {
        arrivals.await(nanos);
    }

    @Override
    public String nativeKey() {
        return WindowsNames.pipe(name());
    }

    @Override
    protected void closeNow() {
        arrivals.close();
    }
}
