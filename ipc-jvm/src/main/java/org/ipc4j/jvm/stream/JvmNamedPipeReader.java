// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.PipeReaderChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A listening socket and its connections. */
final class JvmNamedPipeReader extends PipeReaderChannel implements NamedPipeReader {
    private static final int END = -1;

    /**
     * To look for further writers costs a system call and some garbage. It is done when there is
     * nothing to read, and every so many reads, so that a busy writer does not keep others out.
     */
    private static final int READS_PER_ACCEPT = 256;

    private final Listener listener;
    private final Wait bytes;
    private final Wait writers;

    /** The connections, the one that is to be asked next at the head. Guarded by itself. */
    private final Deque<SocketChannel> connections = new ArrayDeque<>();

    private boolean writerCame;

    private int reads;

    JvmNamedPipeReader(IpcName name, Listener listener) {
        super(name);
        this.listener = listener;
        this.bytes = Wait.byPolling(name, this::isOpen, () -> 1);
        this.writers = Wait.byPolling(name, this::isOpen, () -> 1);
    }

    @Override
    protected int readNow(ByteBuffer target) throws IpcException {
        try {
            synchronized (connections) {
                int before = target.position();
                if (++reads % READS_PER_ACCEPT == 0) {
                    accept();
                }
                do {
                    readRound(target);
                    // Perhaps all have gone, but after another had come whom we have not seen yet.
                } while (target.position() == before && accept());
                int count = target.position() - before;
                return count == 0 && writerCame && connections.isEmpty() ? -1 : count;
            }
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw FileErrors.exception(e, "read", name());
        }
    }

    /** Reads from each writer in turn, beginning with the one that has waited longest. */
    private void readRound(ByteBuffer target) throws IOException {
        for (int i = connections.size(); i > 0 && target.hasRemaining(); i--) {
            SocketChannel writer = connections.remove();
            if (drain(writer, target)) {
                writer.close();
            } else {
                connections.add(writer);
            }
        }
    }

    /**
     * Reads what a writer has written.
     *
     * @return whether the writer is gone and all that it wrote is read
     */
    private static boolean drain(SocketChannel writer, ByteBuffer target) throws IOException {
        try {
            int count = 1;
            while (target.hasRemaining() && count > 0) {
                count = Chunks.read(writer, target);
            }
            return count == END;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return true; // reset: it is gone
        }
    }

    @Override
    protected boolean writerCame() throws IpcException {
        try {
            synchronized (connections) {
                accept();
                return writerCame;
            }
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw FileErrors.exception(e, "accept", name());
        }
    }

    /**
     * Takes in the writers that have come.
     *
     * @return {@code false} if there are none
     */
    private boolean accept() throws IOException {
        boolean came = false;
        for (SocketChannel writer = listener.channel().accept();
                writer != null;
                writer = listener.channel().accept()) {
            writer.configureBlocking(false);
            connections.add(writer);
            came = true;
        }
        writerCame |= came;
        return came;
    }

    @Override
    protected Wait bytes() {
        return bytes;
    }

    @Override
    protected Wait writers() {
        return writers;
    }

    @Override
    public String nativeKey() {
        return listener.place().socket().toString();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        FileWork.call(
                "close",
                name(),
                () -> {
                    try {
                        listener.close();
                    } finally {
                        closeConnections();
                    }
                    return null;
                });
    }

    private void closeConnections() throws IOException {
        synchronized (connections) {
            for (SocketChannel writer : connections) {
                writer.close();
            }
        }
    }
}
