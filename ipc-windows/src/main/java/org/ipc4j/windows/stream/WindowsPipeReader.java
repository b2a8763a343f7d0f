// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.PipeReaderChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.WindowsNames;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A server that reads from all its clients.
 *
 * <p>One event tells of all of them, so there may be more than the 64 handles that Windows waits
 * for at a time. Who is about to wait resets it and looks at each once more, which needs no system
 * call.
 */
class WindowsPipeReader extends PipeReaderChannel {
    /** How many bytes the system keeps of each writer. */
    private static final int QUOTA = 1 << 16;

    private final String key;
    private final Event event;
    private final PipeListener listener;
    private final Wait bytes;
    private final Wait writers;

    /** The writers, the one that is to be asked next at the head. */
    private final Deque<Writer> connected = new ArrayDeque<>();

    private boolean writerCame;

    /** A writer's connection. */
    private record Writer(PipeEnd end, PipeInput input) {
        /**
         * Reads what has come.
         *
         * @return whether the writer is gone and all that it wrote is read
         */
        boolean readTo(ByteBuffer target) throws IpcException {
            try {
                int count = 0;
                while (count != PipeInput.END && target.hasRemaining() && input.look()) {
                    count = input.take(target);
                }
                return count == PipeInput.END;
            } catch (PeerClosedException withinAMessage) {
                return true; // as a stream, this is the end like any other
            }
        }

        /** Nobody reads what is left. */
        void close() {
            input.close();
            end.disconnect();
        }
    }

    /**
     * Begins to listen.
     *
     * @param listening what it begins with
     */
    WindowsPipeReader(Listening listening) {
        super(listening.name());
        this.key = listening.key();
        this.event = listening.event();
        this.listener = listening.listener();
        this.bytes = Wait.inKernel(name(), this::isOpen, this::ready);
        this.writers = Wait.byPolling(name(), this::isOpen, () -> 1);
    }

    /**
     * A pipe that writers can connect to already.
     *
     * @param event tells when one has come, or has written
     */
    record Listening(IpcName name, String key, Event event, PipeListener listener) {
        static Listening to(IpcName name, Access access) throws IpcException {
            String key = WindowsNames.pipe(name);
            PipeListener.Shape shape =
                    new PipeListener.Shape(
                            key,
                            Win32.PIPE_ACCESS_INBOUND,
                            Win32.PIPE_TYPE_MESSAGE | Win32.PIPE_READMODE_MESSAGE,
                            0,
                            QUOTA,
                            access,
                            PipeClient.WRITER);
            Event event = new Event(name, key);
            try {
                return new Listening(name, key, event, new PipeListener(name, shape, event));
            } catch (IpcException e) {
                event.close();
                throw e;
            }
        }

        /** If no reader comes of it. */
        void close() {
            listener.close();
            event.close();
        }
    }

    final String key() {
        return key;
    }

    private int ready() {
        return event.await(0) ? 1 : 0;
    }

    @Override
    protected synchronized int readNow(ByteBuffer target) throws IpcException {
        int before = target.position();
        do {
            accept();
            readRound(target);
        } while (target.position() == before && hasNews());
        int count = target.position() - before;
        if (count == 0 && writerCame && connected.isEmpty()) {
            event.set(); // it is the end for others who wait, too
            return PipeInput.END;
        }
        return count;
    }

    /**
     * Reads from each writer in turn, beginning with the one that has waited longest. A message of
     * which there is more comes to its end first.
     */
    private void readRound(ByteBuffer target) throws IpcException {
        for (int i = connected.size(); i > 0 && target.hasRemaining(); i--) {
            Writer writer = connected.element();
            if (writer.readTo(target)) {
                connected.remove();
                writer.close();
            } else if (writer.input().isWithinMessage()) {
                return;
            } else {
                connected.add(connected.remove());
            }
        }
    }

    /** Whether something has ended since each writer was asked. Before this thread waits. */
    private boolean hasNews() {
        event.reset();
        boolean news = listener.hasArrived();
        for (Writer writer : connected) {
            news |= writer.input().hasNews();
        }
        return news;
    }

    /** Takes in the writers that have come. */
    private void accept() throws IpcException {
        Arguments.requireOpen(isOpen(), name());
        for (PipeEnd end = listener.poll(); end != null; end = listener.poll()) {
            PipeInput input = new PipeInput(end, event, true, WindowsPipeWriter.ATOMIC);
            connected.add(new Writer(end, input));
            writerCame = true;
        }
    }

    @Override
    protected synchronized boolean writerCame() throws IpcException {
        accept();
        if (!writerCame && listener.hasArrived()) {
            accept();
        }
        return writerCame;
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
    protected void awaitBytes(long nanos) {
        event.await(nanos);
    }

    @Override
    protected synchronized void implCloseChannel() {
        listener.close();
        connected.forEach(Writer::close);
        connected.clear();
        event.close();
    }
}
