// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.NamedPipeApi;
import org.ipc4j.windows.sys.Overlapped;
import org.ipc4j.windows.sys.Security;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;
import org.ipc4j.windows.sys.WindowsErrors;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * The instances of a pipe that wait for clients.
 *
 * <p>Windows connects a client to an instance that is there already. So there are always some to
 * spare; as soon as one has its client, the completion port's thread makes another, whether the
 * server looks or not. A client that comes faster than that is told to come again ({@link
 * Win32Error#ERROR_PIPE_BUSY}).
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/ipc/named-pipe-instances">Named
 *     pipe instances</a>
 */
final class PipeListener {
    /** How many instances wait for clients. */
    private static final int SPARE = 4;

    /** How many clients may have come whom the server has not looked at. Further ones wait. */
    private static final int BACKLOG = 1024;

    /** How long to pause for a cancelled operation to end, in nanoseconds. */
    private static final long PAUSE = 20_000;

    private final IpcName name;
    private final Shape shape;
    private final Event arrival;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment security;
    private final List<Slot> slots = new ArrayList<>();
    private final Queue<PipeEnd> arrived = new ArrayDeque<>();

    /** How many slots have an instance. */
    private int listening;

    private boolean closed;

    /**
     * What the instances are like.
     *
     * @param key the pipe's name
     * @param openMode {@code PIPE_ACCESS_} constant
     * @param pipeMode {@code PIPE_} constants
     * @param outBuffer how many bytes to keep for the client
     * @param inBuffer how many bytes to keep for the server
     * @param access who may connect
     * @param rights what clients need to connect
     */
    record Shape(
            String key,
            int openMode,
            int pipeMode,
            int outBuffer,
            int inBuffer,
            Access access,
            int rights) {}

    /**
     * Makes the first instances.
     *
     * @param name the pipe's name
     * @param shape what they are like
     * @param arrival is set when a client has come; belongs to the caller
     * @throws NameExistsException if there is a pipe of that name
     */
    PipeListener(IpcName name, Shape shape, Event arrival) throws IpcException {
        this.name = name;
        this.shape = shape;
        this.arrival = arrival;
        try {
            security =
                    Security.attributes(name, shape.key(), shape.access(), shape.rights(), arena);
            begin();
        } catch (IpcException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** With the monitor: the completion port's thread may soon be at work. */
    private synchronized void begin() throws IpcException {
        for (int i = 0; i < SPARE; i++) {
            slots.add(new Slot());
        }
        slots.getFirst().listen(first());
        replenish();
    }

    /**
     * Windows proves by the flag that there is no other pipe of that name, but says no more than
     * "access denied" if there is one.
     */
    private PipeEnd first() throws IpcException {
        if (PipeClient.exists(shape.key())) {
            throw taken();
        }
        long handle = create(Win32.FILE_FLAG_FIRST_PIPE_INSTANCE);
        if (Win32Error.of(handle) == Win32Error.ERROR_ACCESS_DENIED
                && PipeClient.exists(shape.key())) {
            throw taken();
        }
        return end(handle);
    }

    private NameExistsException taken() {
        return new NameExistsException(
                name,
                "there is a server of "
                        + shape.key()
                        + " already, or the clients of a dead one have not noticed yet");
    }

    private long create(int flags) {
        return NamedPipeApi.CreateNamedPipeW(
                shape.key(),
                shape.openMode() | Win32.FILE_FLAG_OVERLAPPED | flags,
                shape.pipeMode() | Win32.PIPE_REJECT_REMOTE_CLIENTS,
                shape.outBuffer(),
                shape.inBuffer(),
                security);
    }

    private PipeEnd end(long handle) throws IpcException {
        return new PipeEnd(
                name,
                shape.key(),
                WindowsErrors.check(handle, "CreateNamedPipeW", name, shape.key()));
    }

    /** Makes as many instances as are missing. */
    private synchronized void replenish() throws IpcException {
        if (listening == SPARE) {
            return; // without an iterator: who reads comes here each time
        }
        for (Slot slot : slots) {
            while (slot.isFree() && !closed && arrived.size() < BACKLOG) {
                slot.listen(end(create(0)));
            }
        }
    }

    /**
     * Takes a client that has come.
     *
     * @return the server's end of its connection, or null if none has come
     * @throws IpcException if none has come, and the system refuses further instances
     */
    synchronized PipeEnd poll() throws IpcException {
        try {
            replenish(); // in case that the completion port's thread could not
        } catch (IpcException e) {
            if (arrived.isEmpty()) {
                throw e;
            }
        }
        return arrived.poll();
    }

    /** How many clients {@link #poll} would return. */
    synchronized int arrived() {
        return arrived.size();
    }

    /**
     * Looks thoroughly: a client that is connected counts, also if the completion port's thread has
     * not come to it yet, which it is about to do.
     *
     * @return whether {@link #poll} would return a client
     */
    boolean hasArrived() {
        while (arrived() == 0) {
            if (!hasClient()) {
                return false;
            }
            LockSupport.parkNanos(this, PAUSE);
        }
        return true;
    }

    private synchronized boolean hasClient() {
        for (Slot slot : slots) {
            if (!closed && slot.hasClient()) {
                return true;
            }
        }
        return false;
    }

    /** Nobody can connect any more. Clients that were not taken are disconnected. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        // Without the monitor, for which the completion port's thread may be waiting.
        slots.forEach(Slot::close);
        synchronized (this) {
            arrived.forEach(PipeEnd::disconnect);
            arrived.clear();
        }
        arena.close();
    }

    /** Where an instance waits for its client, and after it the next one. */
    private final class Slot {
        private final Overlapped operation = new Overlapped(arena);
        private PipeEnd end;

        boolean isFree() {
            return end == null;
        }

        void listen(PipeEnd instance) throws IpcException {
            end = instance;
            listening++;
            end.listen(this::ended);
            long handle = end.handle().enter();
            int result;
            try {
                result = operation.connect(handle);
            } finally {
                end.handle().exit();
            }
            switch (Win32Error.of(result)) {
                case ERROR_IO_PENDING -> {}
                // It came before we asked; perhaps it is gone again, and has left something.
                case NONE, ERROR_PIPE_CONNECTED, ERROR_NO_DATA -> connected();
                default -> {
                    end.close();
                    free();
                    throw WindowsErrors.exception(result, "ConnectNamedPipe", name, shape.key());
                }
            }
        }

        boolean hasClient() {
            if (end == null) {
                return false;
            }
            long handle = end.handle().enter();
            try {
                int result = NamedPipeApi.PeekNamedPipe(handle);
                return Win32Error.of(result) != Win32Error.ERROR_BAD_PIPE;
            } finally {
                end.handle().exit();
            }
        }

        private void connected() {
            arrived.add(end);
            free();
            arrival.set();
        }

        private void free() {
            end = null;
            listening--;
        }

        /** Called by the completion port's thread. */
        private void ended() {
            synchronized (PipeListener.this) {
                operation.ended();
                if (!closed) {
                    connected();
                    try {
                        replenish();
                    } catch (IpcException e) {
                        // the server is told when it looks for the next client
                    }
                }
            }
        }

        void close() {
            if (end == null) {
                return;
            }
            long handle = end.handle().enter();
            try {
                operation.cancel(handle);
            } finally {
                end.handle().exit();
            }
            while (operation.isUnderWay()) {
                LockSupport.parkNanos(this, PAUSE);
            }
            end.disconnect();
        }
    }
}
