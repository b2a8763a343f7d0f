// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeWriter;

import java.time.Duration;
import java.util.Optional;

/** A writing end of a pipe with a name. */
final class WindowsNamedPipeWriter extends WindowsPipeWriter implements NamedPipeWriter {
    /**
     * How long even who looks once waits for a reader that is there, and is just about to make
     * another instance.
     */
    private static final Duration BUSY = Duration.ofMillis(100);

    private WindowsNamedPipeWriter(PipeClient.Connected connected) throws IpcException {
        super(connected);
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
    public String nativeKey() {
        return key();
    }
}
