// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.WindowsNames;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A server that writes to its clients: to the first that came, and when that is gone to the next.
 *
 * <p>What was written stays in the system's memory when this process closes its end, or dies.
 */
final class ReadingPrograms {
    /** How many bytes the system keeps. */
    private static final int QUOTA = 1 << 16;

    /** How many bytes are written at once. */
    private static final int CHUNK = 1 << 14;

    private final IpcName name;
    private final String key;
    private final Event arrival;
    private final PipeListener listener;
    private final Queue<PipeEnd> next = new ArrayDeque<>();

    /** To the program whose turn it is, or null. */
    private volatile PipeOutput output;

    private boolean complete;
    private boolean closed;

    /**
     * Begins to listen.
     *
     * @param name the pipe's name
     */
    ReadingPrograms(IpcName name) throws IpcException {
        this.name = name;
        this.key = WindowsNames.pipe(name);
        this.arrival = new Event(name, key);
        try {
            PipeListener.Shape shape =
                    new PipeListener.Shape(
                            key,
                            Win32.PIPE_ACCESS_DUPLEX, // who cannot read cannot look for a client
                            Win32.PIPE_TYPE_BYTE,
                            QUOTA,
                            0,
                            Access.OWNER,
                            PipeClient.READER);
            listener = new PipeListener(name, shape, arrival);
        } catch (IpcException e) {
            arrival.close();
            throw e;
        }
    }

    String key() {
        return key;
    }

    /**
     * Begins to write, or goes on, until there is no room or nobody to write to.
     *
     * @param source the bytes; its position is moved behind what was written
     * @throws PeerClosedException if the last program is gone
     */
    synchronized void write(ByteBuffer source) throws IpcException {
        while (source.hasRemaining() && hasProgram()) {
            try {
                output.write(source);
                return;
            } catch (PeerClosedException gone) {
                output.close();
                output = null;
            }
        }
    }

    private boolean hasProgram() throws IpcException {
        if (closed) {
            throw Arguments.closed(name);
        }
        if (output != null) {
            return true;
        }
        admit();
        PipeEnd end = next.poll();
        if (end != null) {
            output = new PipeOutput(end, end.event(), false, CHUNK);
        } else if (complete) {
            throw new PeerClosedException(name, "the program that has read from it is gone");
        }
        return end != null;
    }

    /** Takes in the programs that have come. Before this thread waits for one. */
    private void admit() throws IpcException {
        if (complete) {
            return;
        }
        arrival.reset();
        while (listener.hasArrived()) {
            next.add(listener.poll());
        }
    }

    /**
     * As {@link PipeOutput#giveUp}.
     *
     * @param source as in the calls of {@link #write} before
     */
    synchronized void giveUp(ByteBuffer source) {
        if (output != null) {
            output.giveUp(source);
        }
    }

    /** Waits until there is probably room, or somebody to write to. */
    void awaitRoom(long nanos) {
        PipeOutput to = output;
        if (to == null) {
            arrival.await(nanos);
        } else {
            to.awaitRoom(nanos);
        }
    }

    /** How many writers could probably go on. */
    int ready() {
        PipeOutput to = output;
        return to == null ? (arrival.await(0) ? 1 : 0) : to.ready();
    }

    /** Whoever is connected stays so, and nobody else can connect. */
    synchronized void closeToOthers() {
        if (complete) {
            return;
        }
        try {
            admit();
        } catch (IpcException e) {
            // whoever has come is in the queue
        }
        complete = true;
        listener.close();
        arrival.set(); // who waits for a program finds out that none will come
    }

    /** Closes this end. What was written can still be read. */
    synchronized void close() {
        closeToOthers();
        closed = true;
        next.forEach(PipeEnd::close);
        next.clear();
        if (output != null) {
            output.close();
        }
        arrival.close();
    }
}
