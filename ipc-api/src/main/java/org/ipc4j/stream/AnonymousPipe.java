// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.AnonymousPipeProvider;

import java.io.IOException;

/**
 * A one-way stream of bytes without a name, of which this process has both ends until it hands one
 * to another process.
 *
 * <pre>{@code
 * try (AnonymousPipe pipe = AnonymousPipe.open()) {
 *     Process sort = new ProcessBuilder("sort").redirectInput(pipe.reader().redirect()).start();
 *     pipe.reader().close();      // now sort is the only reader
 *     pipe.writer().write(lines);
 *     pipe.writer().close();      // the end of its input
 * }
 * }</pre>
 *
 * <p>The stream ends for the reader ({@code -1}) when every writing end is closed, in this process
 * and wherever else there is one; writers get {@link org.ipc4j.PeerClosedException} when every
 * reading end is closed. A process that dies has closed its ends. So whoever hands an end to
 * another process closes it here. Programs that are started otherwise inherit neither end.
 *
 * <p>A write of at most {@link PipeWriter#atomicWriteSize()} bytes is written whole or not at all,
 * and never mixed with those of another writer.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">as a program's standard
 *     stream</th><th scope="col">by path</th><th scope="col">over a local socket</th><th scope="col">atomic
 *     writes</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code pipe2(2)}</td><td>both ends, which the system opens once more
 *     through {@code /proc}</td><td>both ends, {@code /proc/pid/fd/n}</td><td>both ends. They do not block, and another
 *     program that receives one either opens it once more through {@code /proc/self/fd}, as {@code adoptReader} and
 *     {@code adoptWriter} do, or is ready for {@code EAGAIN}</td><td>{@code PIPE_BUF} bytes, 4096 on
 *     Linux</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>a named pipe under a random name, closed to other users. The ends of
 *     {@code CreatePipe} cannot be waited for with a time-out, nor can a wait for them be ended by an
 *     interrupt or a close</td><td>either end, but not both: Windows connects a program with this process, not with
 *     another program. The reading end only before anything was written, or the writing end was handed over; then
 *     writers wait for the program, and this process reads nothing but the end</td><td>the
 *     same</td><td>no</td><td>4096 bytes</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>{@link java.nio.channels.Pipe}, for the threads of one
 *     process</td><td>no</td><td>no</td><td>no</td><td>none</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 * @see <a href="https://learn.microsoft.com/windows/win32/ipc/anonymous-pipe-operations">Anonymous
 *     pipe operations</a>
 */
public final class AnonymousPipe implements AutoCloseable {
    private final AnonymousPipeReader reader;
    private final AnonymousPipeWriter writer;

    /**
     * Pairs two ends. For providers.
     *
     * @param reader the end that is read
     * @param writer the end that is written
     */
    public AnonymousPipe(AnonymousPipeReader reader, AnonymousPipeWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * Makes a pipe.
     *
     * @return the pipe, with both its ends
     * @throws org.ipc4j.ResourceLimitException if this process has too many open files
     * @throws IpcException if the system refuses
     */
    public static AnonymousPipe open() throws IpcException {
        return Ipc.provider(AnonymousPipeProvider.class).open();
    }

    /**
     * Makes a reader of what another process has passed over a local socket.
     *
     * @param received what was received; it stays open if it is refused
     * @return the reading end
     * @throws org.ipc4j.IncompatibleException if it is no end of a pipe that can be read
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#HANDLE_PASSING}
     * @throws IpcException if the system refuses
     */
    public static AnonymousPipeReader adoptReader(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return provider(handle).adoptReader(handle);
    }

    /**
     * Makes a writer of what another process has passed over a local socket.
     *
     * @param received what was received; it stays open if it is refused
     * @return the writing end
     * @throws org.ipc4j.IncompatibleException if it is no end of a pipe that can be written
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#HANDLE_PASSING}
     * @throws IpcException if the system refuses
     */
    public static AnonymousPipeWriter adoptWriter(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return provider(handle).adoptWriter(handle);
    }

    private static AnonymousPipeProvider provider(AdoptableHandle handle) {
        return Ipc.provider(AnonymousPipeProvider.class, handle.provider());
    }

    /**
     * Returns the end that is read.
     *
     * @return the same for every call
     */
    public AnonymousPipeReader reader() {
        return reader;
    }

    /**
     * Returns the end that is written.
     *
     * @return the same for every call
     */
    public AnonymousPipeWriter writer() {
        return writer;
    }

    /**
     * Closes both ends of this process. Does nothing when called again.
     *
     * @throws IOException if the system refuses; both are closed all the same
     */
    @Override
    public void close() throws IOException {
        try (reader) {
            writer.close();
        }
    }
}
