// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;

import java.nio.ByteBuffer;

/** A client that writes. */
class WindowsPipeWriter extends PipeWriterChannel {
    /**
     * How many bytes are one message at most, and so never mixed with others. It is what Linux has
     * too, and our reader's memory for each writer.
     */
    static final int ATOMIC = 4096;

    private final PipeEnd end;
    private final PipeOutput output;
    private final Wait room;

    /**
     * Takes over a connection.
     *
     * @param connected to the reader
     */
    WindowsPipeWriter(PipeClient.Connected connected) throws IpcException {
        super(connected.end().name());
        end = connected.end();
        output = new PipeOutput(end, end.event(), connected.info().messages(), ATOMIC);
        room = Wait.inKernel(end.name(), this::isOpen, this::ready);
    }

    final String key() {
        return end.key();
    }

    @Override
    protected void writeNow(ByteBuffer source) throws IpcException {
        output.write(source);
    }

    @Override
    protected void endWrite(ByteBuffer source) {
        output.giveUp(source);
    }

    @Override
    protected Wait room() {
        return room;
    }

    /** How many writers could probably go on. */
    int ready() {
        return output.ready();
    }

    @Override
    protected void awaitRoom(long nanos) {
        output.awaitRoom(nanos);
    }

    @Override
    public int atomicWriteSize() {
        return ATOMIC;
    }

    @Override
    protected void implCloseChannel() {
        output.close();
    }
}
