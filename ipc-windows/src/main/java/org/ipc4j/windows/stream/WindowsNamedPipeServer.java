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
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.NamedPipeApi;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.WindowsNames;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pipe of many instances, each a connection that goes both ways. */
final class WindowsNamedPipeServer implements NamedPipeServer {
    private final IpcName name;
    private final String key;
    private final PipeTransfer transfer;
    private final NamedPipeApi.Info info;
    private final Event arrival;
    private final PipeListener listener;
    private final Wait clients;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WindowsNamedPipeServer(
            IpcName name, String key, NamedPipeServerOptions options, Event arrival)
            throws IpcException {
        boolean messages = options.transfer() == PipeTransfer.MESSAGES;
        this.name = name;
        this.key = key;
        this.transfer = options.transfer();
        this.info = new NamedPipeApi.Info(messages, options.bufferSize(), options.bufferSize());
        this.arrival = arrival;
        PipeListener.Shape shape =
                new PipeListener.Shape(
                        key,
                        Win32.PIPE_ACCESS_DUPLEX,
                        messages
                                ? Win32.PIPE_TYPE_MESSAGE | Win32.PIPE_READMODE_MESSAGE
                                : Win32.PIPE_TYPE_BYTE,
                        options.bufferSize(),
                        options.bufferSize(),
                        options.access(),
                        PipeClient.BOTH);
        this.listener = new PipeListener(name, shape, arrival);
        this.clients = Wait.inKernel(name, this::isOpen, listener::arrived);
    }

    static WindowsNamedPipeServer create(IpcName name, NamedPipeServerOptions options)
            throws IpcException {
        String key = WindowsNames.pipe(name);
        Event arrival = new Event(name, key);
        try {
            return new WindowsNamedPipeServer(name, key, options, arrival);
        } catch (IpcException | RuntimeException e) {
            arrival.close();
            throw e;
        }
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
                        arrival.await(nanos);
                    }
                    end[0] = poll();
                    return end[0] != null;
                });
        return end[0] == null
                ? Optional.empty()
                : Optional.of(WindowsNamedPipeConnection.of(end[0], info, true));
    }

    /** Before this thread waits for it, the event is reset and the listener asked once more. */
    private PipeEnd poll() throws IpcException {
        PipeEnd end = listener.poll();
        if (end == null) {
            arrival.reset();
            end = listener.hasArrived() ? listener.poll() : null;
        }
        return end;
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener.close();
            arrival.close();
        }
    }
}
