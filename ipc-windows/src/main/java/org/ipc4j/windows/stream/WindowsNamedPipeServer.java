// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.stream.PipeTransfer;
import org.ipc4j.windows.sys.WindowsNames;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pipe of many instances, each a connection that goes both ways. */
final class WindowsNamedPipeServer implements NamedPipeServer {
    private final IpcName name;
    private final String key;
    private final PipeTransfer transfer;
    private final PipeArrivals arrivals;
    private final Wait clients;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WindowsNamedPipeServer(
            IpcName name, NamedPipeServerOptions options, PipeArrivals arrivals) {
        this.name = name;
        this.key = WindowsNames.pipe(name);
        this.transfer = options.transfer();
        this.arrivals = arrivals;
        this.clients = Wait.inKernel(name, this::isOpen, arrivals::count);
    }

    static WindowsNamedPipeServer create(IpcName name, NamedPipeServerOptions options)
            throws IpcException {
        return new WindowsNamedPipeServer(
                name,
                options,
                PipeArrivals.listen(
                        name,
                        options.access(),
                        options.transfer() == PipeTransfer.MESSAGES,
                        options.bufferSize()));
    }

    @Override
    public IpcName name() {
        return name;
    }

    @Override
    public String nativeKey() {
        return key;
    }

    @Override
    public PipeTransfer transfer() {
        return transfer;
    }

    @Override
    public NamedPipeConnection accept() throws IpcException, InterruptedException {
        return accept(Wait.FOREVER).orElseThrow();
    }

    @Override
    public Optional<NamedPipeConnection> accept(Duration timeout)
            throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        PipeEnd[] end = {null};
        clients.until(
                timeout,
                nanos -> {
                    if (nanos > 0) {
                        arrivals.await(nanos);
                    }
                    end[0] = arrivals.poll();
                    return end[0] != null;
                });
        return end[0] == null
                ? Optional.empty()
                : Optional.of(WindowsNamedPipeConnection.of(end[0], arrivals.info(), true));
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            arrivals.close();
        }
    }
}
