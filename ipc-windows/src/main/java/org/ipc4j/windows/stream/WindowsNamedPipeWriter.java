// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeWriter;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A client that writes. */
final class WindowsNamedPipeWriter extends PipeWriterChannel {
    /**
     * How many bytes are one message at most, and so never mixed with others. It is what Linux has
     * too, and our reader's memory for each writer.
     */
    static final int ATOMIC = 4096;

    /**
     * How long even who looks once waits for a reader that is there, and is just about to make
     * another instance.
     */
    private static final Duration BUSY = Duration.ofMillis(100);

    private final PipeEnd end;
    private final PipeOutput output;
    private final Wait room;

    private WindowsNamedPipeWriter(PipeClient.Connected connected) throws IpcException {
        super(connected.end().name());
        end = connected.end();
        output = new PipeOutput(end, end.event(), connected.info().messages(), ATOMIC);
        room = Wait.inKernel(end.name(), this::isOpen, output::ready);
    }

    static Optional<NamedPipeWriter> open(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        PipeClient.Result[] result = {PipeClient.NotYet.ABSENT};
        Wait wait = Wait.byPolling(name, () -> true, () -> 1);
        Wait.Attempt attempt =
                nanos -> {
                    result[0] = PipeClient.connect(name, access, PipeClient.WRITER);
                    return result[0] instanceof PipeClient.Connected;
                };
        if (!wait.until(timeout, attempt) && result[0] == PipeClient.NotYet.BUSY) {
            wait.until(BUSY, attempt);
        }
        return result[0] instanceof PipeClient.Connected connected
                ? Optional.of(new WindowsNamedPipeWriter(connected))
                : Optional.empty();
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

    @Override
    protected void awaitRoom(long nanos) {
        output.awaitRoom(nanos);
    }

    @Override
    public int atomicWriteSize() {
        return ATOMIC;
    }

    @Override
    public String nativeKey() {
        return end.key();
    }

    @Override
    protected void implCloseChannel() {
        output.close();
    }
}
