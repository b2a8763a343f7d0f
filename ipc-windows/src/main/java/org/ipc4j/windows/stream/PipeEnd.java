// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.windows.sys.CompletionPort;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.NamedPipeApi;
import org.ipc4j.windows.sys.WindowsErrors;

import java.util.OptionalLong;

/**
 * A handle of one end of a pipe: a client's, or that of an instance of the server's.
 *
 * <p>At most one of its operations is told of by the {@link CompletionPort} at a time: first a
 * server's wait for its client, then its writes.
 */
final class PipeEnd {
    private final IpcName name;
    private final String key;
    private final NativeHandle handle;
    private final long attachment;
    private volatile Runnable listener = () -> {};

    /**
     * Takes over a handle. It is closed if that fails.
     *
     * @param name the pipe's name
     * @param key the pipe's key
     * @param handle the handle
     */
    PipeEnd(IpcName name, String key, long handle) throws IpcException {
        this.name = name;
        this.key = key;
        try {
            attachment = CompletionPort.attach(handle, () -> listener.run(), name, key);
        } catch (IpcException e) {
            HandleApi.CloseHandle(handle);
            throw e;
        }
        this.handle =
                new NativeHandle(
                        name,
                        handle,
                        closing -> {
                            CompletionPort.detach(attachment);
                            HandleApi.CloseHandle(closing);
                        });
    }

    IpcName name() {
        return name;
    }

    String key() {
        return key;
    }

    NativeHandle handle() {
        return handle;
    }

    /**
     * Sets who is told when an operation has ended.
     *
     * @param listener called by the completion port's thread
     */
    void listen(Runnable listener) {
        this.listener = listener;
    }

    IpcException exception(long result, String call) {
        return WindowsErrors.exception(result, call, name, key);
    }

    /**
     * Makes an event for its operations. The end is closed if that fails.
     *
     * @return an event that is not set
     */
    Event event() throws IpcException {
        try {
            return new Event(name, key);
        } catch (IpcException e) {
            close();
            throw e;
        }
    }

    /**
     * Tells which process is at the other end.
     *
     * @param server whether this is the server's end
     */
    OptionalLong peer(boolean server) {
        long open = handle.enter();
        try {
            return server
                    ? NamedPipeApi.GetNamedPipeClientProcessId(open)
                    : NamedPipeApi.GetNamedPipeServerProcessId(open);
        } finally {
            handle.exit();
        }
    }

    /** Closes it. What was written before can still be read. */
    void close() {
        handle.close();
    }

    /**
     * Parts an instance from its client, and closes it. What was written and not read is lost.
     * Without parting, the name would stay for as long as the client keeps its end.
     */
    void disconnect() {
        long instance = handle.enter();
        try {
            NamedPipeApi.DisconnectNamedPipe(instance);
        } finally {
            handle.exit();
        }
        handle.close();
    }
}
