// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.NamedPipeProvider;

import java.time.Duration;
import java.util.Optional;

/**
 * A one-way stream of bytes with a name: one reader, any number of writers.
 *
 * <p>The reader creates the pipe and owns its name, which goes when the reader is closed. Writers
 * come and go. The stream begins with the first writer and ends for the reader ({@code -1}) when
 * the last one has closed its end or has died; another writer begins it anew. A writer whose reader
 * is gone gets {@link org.ipc4j.PeerClosedException}. A reader that dies leaves its name behind;
 * the next {@link #createReader} takes it over, {@link #remove} deletes it.
 *
 * <pre>{@code
 * try (NamedPipeReader reader = NamedPipe.createReader(IpcName.of("lines"))) {
 *     reader.read(buffer); // waits for a writer, then for bytes
 * }
 * }</pre>
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">writes of several writers</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code fifo(7)}</td><td>the FIFO's path, {@code /dev/shm/fifo.name}, where
 *     containers that share {@code /dev/shm} meet too</td><td>up to {@code PIPE_BUF} bytes are never mixed</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>{@code CreateNamedPipeW}, one instance for each writer</td>
 *     <td>{@code \\.\pipe\name}; upper and lower case are the same to Windows</td><td>up to 4096 bytes are never mixed;
 *     the name of a reader that dies is free when its writers have closed or written</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>a UNIX-domain socket</td><td>the socket's path</td><td>may be mixed at any
 *     byte</td></tr>
 * </tbody>
 * </table>
 *
 * <p>Bytes that no reader has read when the reader closes or dies are lost, as in any pipe.
 */
public final class NamedPipe {
    private NamedPipe() {}

    /**
     * Creates a pipe of the current user and opens its reader's end, without waiting for a writer.
     *
     * @param name its name
     * @return the reader's end, which owns the name
     * @throws org.ipc4j.NameExistsException if another reader owns the name
     * @throws IpcException if the system refuses
     */
    public static NamedPipeReader createReader(IpcName name) throws IpcException {
        return createReader(name, NamedPipeOptions.DEFAULT);
    }

    /**
     * Creates a pipe and opens its reader's end, without waiting for a writer.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the reader's end, which owns the name
     * @throws org.ipc4j.NameExistsException if another reader owns the name
     * @throws IpcException if the system refuses
     */
    public static NamedPipeReader createReader(IpcName name, NamedPipeOptions options)
            throws IpcException {
        return OneName.of(NamedPipeProvider.class, name)
                .create(provider -> provider.createReader(name, options));
    }

    /**
     * Opens the reader's end of a pipe that another program has made, with {@code mkfifo(1)} for
     * example, without waiting for a writer. Closing it leaves the name.
     *
     * @param name its name, often {@link IpcName#ofNative} of a path
     * @return the reader's end
     * @throws NameNotFoundException if there is none
     * @throws org.ipc4j.NameExistsException if another reader of this library has it open
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#EXISTING_PIPE}
     * @throws IpcException if the system refuses
     */
    public static NamedPipeReader openReader(IpcName name) throws IpcException {
        return openReader(name, Access.OWNER);
    }

    /**
     * Opens the reader's end of a pipe that another program has made, as {@link
     * #openReader(IpcName)} does.
     *
     * @param name its name, often {@link IpcName#ofNative} of a path
     * @param access whose pipe is accepted
     * @return the reader's end
     * @throws NameNotFoundException if there is none
     * @throws org.ipc4j.NameExistsException if another reader of this library has it open
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#EXISTING_PIPE}
     * @throws IpcException if the system refuses
     */
    public static NamedPipeReader openReader(IpcName name, Access access) throws IpcException {
        return OneName.of(NamedPipeProvider.class, name)
                .open(provider -> provider.openReader(name, access));
    }

    /**
     * Opens a writer's end of the current user's pipe, which has a reader now.
     *
     * @param name its name
     * @return the writer's end
     * @throws NameNotFoundException if there is no such pipe, or no reader has it open
     * @throws InterruptedException if the thread is interrupted
     * @throws IpcException if the system refuses
     */
    public static NamedPipeWriter openWriter(IpcName name)
            throws IpcException, InterruptedException {
        return openWriter(name, Duration.ZERO)
                .orElseThrow(() ->
                        new NameNotFoundException(
                                name,
                                "no reader has a pipe of that name open; create the reader first,"
                                        + " or wait for it"));
    }

    /**
     * Opens a writer's end of the current user's pipe, waiting for its reader up to a time.
     *
     * @param name its name
     * @param timeout how long to wait for a reader; zero or less looks once
     * @return the writer's end, or empty if no reader came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException if the system refuses
     */
    public static Optional<NamedPipeWriter> openWriter(IpcName name, Duration timeout)
            throws IpcException, InterruptedException {
        return openWriter(name, Access.OWNER, timeout);
    }

    /**
     * Opens a writer's end, waiting for the reader up to a time.
     *
     * @param name the pipe's name
     * @param access whose pipe is accepted
     * @param timeout how long to wait for a reader; zero or less looks once
     * @return the writer's end, or empty if no reader came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException if the system refuses
     */
    public static Optional<NamedPipeWriter> openWriter(
            IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        return OneName.of(NamedPipeProvider.class, name)
                .open(provider -> provider.openWriter(name, access, timeout));
    }

    /**
     * Deletes a name that a reader has left behind. Ends that are open stay so. A reader that is
     * just being created makes a new pipe of its name; a writer that had already found the first
     * one is alone with it.
     *
     * @param name the name
     * @return {@code false} if there was no such name
     * @throws IpcException if the system refuses
     */
    public static boolean remove(IpcName name) throws IpcException {
        return OneName.of(NamedPipeProvider.class, name).remove();
    }
}
