// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeWriter;

import java.time.Duration;
import java.util.Optional;

/** A writing end of a FIFO. */
final class PosixNamedPipeWriter extends PosixPipeWriter implements NamedPipeWriter {
    private PosixNamedPipeWriter(PosixFifo fifo) {
        super(fifo.end());
    }

    /** Nothing tells when a reader comes, so this looks again and again. */
    static Optional<NamedPipeWriter> open(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        NamedPipeWriter[] writer = new NamedPipeWriter[1];
        Wait.byPolling(name, () -> true, () -> 1)
                .until(
                        timeout,
                        nanos -> {
                            try {
                                writer[0] =
                                        new PosixNamedPipeWriter(
                                                PosixFifo.open(name, access, Abi.O_WRONLY));
                                return true;
                            } catch (NameNotFoundException noReader) {
                                return false;
                            }
                        });
        return Optional.ofNullable(writer[0]);
    }

    @Override
    public String nativeKey() {
        return end.key;
    }
}
