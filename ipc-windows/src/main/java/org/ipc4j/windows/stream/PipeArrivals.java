// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.NamedPipeApi;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.WindowsNames;

/** The clients of a server whose connections go both ways, as they come. */
final class PipeArrivals {
    private final NamedPipeApi.Info info;
    private final Event arrival;
    private final PipeListener listener;

    private PipeArrivals(NamedPipeApi.Info info, Event arrival, PipeListener listener) {
        this.info = info;
        this.arrival = arrival;
        this.listener = listener;
    }

    /**
     * Begins to listen.
     *
     * @param name the pipe's name
     * @param access who may connect
     * @param messages whether the connections are of messages
     * @param bufferSize how many bytes the system keeps in each direction
     * @throws org.ipc4j.NameExistsException if there is a pipe of that name
     */
    static PipeArrivals listen(IpcName name, Access access, boolean messages, int bufferSize)
            throws IpcException {
        String key = WindowsNames.pipe(name);
        PipeListener.Shape shape =
                new PipeListener.Shape(
                        key,
                        Win32.PIPE_ACCESS_DUPLEX,
                        messages
                                ? Win32.PIPE_TYPE_MESSAGE | Win32.PIPE_READMODE_MESSAGE
                                : Win32.PIPE_TYPE_BYTE,
                        bufferSize,
                        bufferSize,
                        access,
                        PipeClient.BOTH);
        Event arrival = new Event(name, key);
        try {
            return new PipeArrivals(
                    new NamedPipeApi.Info(messages, bufferSize, bufferSize),
                    arrival,
                    new PipeListener(name, shape, arrival));
        } catch (IpcException | RuntimeException e) {
            arrival.close();
            throw e;
        }
    }

    /** What the connections are like. */
    NamedPipeApi.Info info() {
        return info;
    }

    /**
     * Takes a client. Before somebody waits for the event, it is reset and the listener asked once
     * more.
     *
     * @return the server's end, or null if none has come
     */
    PipeEnd poll() throws IpcException {
        PipeEnd end = listener.poll();
        if (end == null) {
            arrival.reset();
            end = listener.hasArrived() ? listener.poll() : null;
        }
        return end;
    }

    /** Waits until there is probably a client. */
    void await(long nanos) {
        arrival.await(nanos);
    }

    /** How many clients have come and are not taken yet. */
    int count() {
        return listener.arrived();
    }

    /** Nobody can connect any more. Clients that were not taken are disconnected. */
    void close() {
        listener.close();
        arrival.close();
    }
}
