// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One end of a connection between two processes of this machine, which goes both ways.
 *
 * <p>{@link #connect} makes one to a {@link LocalServerSocket}, which {@linkplain
 * LocalServerSocket#accept accepts} the other; {@link #pair} makes both. One thread may read while
 * another one writes, and neither waits for the other. Several readers take turns, and so do
 * several writers. Who is at the other end is known {@linkplain #peer() before the first byte}.
 *
 * <pre>{@code
 * try (LocalSocket socket = LocalSocket.connect(IpcName.of("orders"))) {
 *     socket.write(question);
 *     socket.read(answer);
 * }
 * }</pre>
 *
 * <p>With {@link LocalSocketType#SEQPACKET} each write is a message. A read takes bytes of one
 * message only; what its target has no room for is left for the next read, and {@link
 * #isMessageComplete} tells. No bytes are no message.
 *
 * <p>In the {@code java.nio} methods an interrupt closes the socket ({@link InterruptibleChannel});
 * the methods that take a {@link Duration} throw {@link InterruptedException}, and it stays usable.
 *
 * <p>{@link Passable Memory, files, sockets and ends of pipes} can be passed with what is written.
 * They arrive with the first of its bytes. A read that does not ask for them closes them, so that
 * nobody can fill this process with what it does not want.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">messages</th>
 *     <th scope="col">peer</th><th scope="col">passes</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code unix(7)}</td><td>{@code SOCK_SEQPACKET}, up to the
 *     size of the buffer</td><td>pid, uid, gid, groups ({@code SO_PEERCRED}, {@code SO_PEERGROUPS})</td><td>descriptors
 *     ({@code SCM_RIGHTS})</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>an instance of a named pipe</td><td>message mode</td><td>pid</td><td>
 *     nothing</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>the JDK's UNIX-domain channel</td><td>none</td><td>the user's
 *     name, where the JDK tells it</td><td>nothing</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public interface LocalSocket
        extends ByteChannel,
                ScatteringByteChannel,
                GatheringByteChannel,
                InterruptibleChannel,
                Passable {
    /**
     * Connects a stream of bytes to a server of the current user, and waits while it has too many
     * clients that it has not accepted yet.
     *
     * @param name the server's name
     * @return the client's end
     * @throws org.ipc4j.NameNotFoundException if there is no server
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException if the system refuses
     */
    static LocalSocket connect(IpcName name) throws IpcException, InterruptedException {
        return connect(LocalAddress.of(name), LocalSocketOptions.DEFAULT, Wait.FOREVER)
                .orElseThrow();
    }

    /**
     * Connects to a server, and waits up to a time while it has too many clients that it has not
     * accepted yet.
     *
     * @param address where the server is
     * @param options what the socket shall be like: its type, whose server is accepted
     * @param timeout how long to wait; zero or less looks once
     * @return the client's end, or empty if the server was busy all the time
     * @throws org.ipc4j.NameNotFoundException if there is no server
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws org.ipc4j.IncompatibleException if what is there is of another type
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if the provider has no sockets of that type or address
     */
    static Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        return OneName.of(LocalSocketProvider.class, address.name())
                .open(provider -> provider.connect(address, options, timeout));
    }

    /**
     * Makes two streams of bytes that are connected with each other. One of them can be {@linkplain
     * Passable passed} to another process.
     *
     * @return both ends
     * @throws IpcException if the system refuses
     */
    static LocalSocketPair pair() throws IpcException {
        return pair(LocalSocketOptions.DEFAULT);
    }

    /**
     * Makes two sockets that are connected with each other.
     *
     * @param options what they shall be like
     * @return both ends
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if the provider has no sockets of that type
     */
    static LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        return Ipc.provider(LocalSocketProvider.class).pair(options);
    }

    /**
     * Makes a socket of what another process passed.
     *
     * @param received a connected socket
     * @return the socket, which owns it from now on
     * @throws org.ipc4j.IncompatibleException if it is something else; it can still be given to
     *     another mechanism then
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if it was adopted or closed already
     */
    static LocalSocket adopt(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return Ipc.provider(LocalSocketProvider.class, handle.provider()).adopt(handle);
    }

    /**
     * Returns what messages call it.
     *
     * @return the server's name; something in parentheses if there is none
     */
    IpcName name();

    /**
     * Returns what goes through it.
     *
     * @return as it was created
     */
    LocalSocketType type();

    /**
     * Tells who is at the other end, since before the first byte.
     *
     * @return as the system knew it when the connection was made
     */
    PeerCredentials peer();

    /**
     * Returns how long a message may be.
     *
     * @return the longest one that can be written; for a stream, what one write can have
     */
    int maxMessageSize();

    /**
     * Reads what is there, waiting for the first byte.
     *
     * @param target where the bytes go
     * @return how many bytes were read; 0 if {@code target} has no room (or for a message without
     *     bytes, which other programs may send); -1 if the other end writes no more and everything
     *     is read
     * @throws IOException if the system refuses, or this end is or gets closed
     */
    @Override
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads what is there, waiting for the first byte up to a time.
     *
     * @param target where the bytes go
     * @param timeout how long to wait; zero or less looks once
     * @return how many bytes were read; 0 if there were none in time, or {@code target} has no room
     *     (or for a message without bytes; then {@link #isMessageComplete} tells); -1 if the other
     *     end writes no more and everything is read
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is read then, and the socket stays open
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    int read(ByteBuffer target, Duration timeout) throws IOException, InterruptedException;

    /**
     * Reads as {@link #read(ByteBuffer, Duration)} does, and takes what was passed with the bytes.
     * One read never gets the handles of two writes.
     *
     * @param target where the bytes go
     * @param handles where the handles go, which are to be adopted or closed
     * @param timeout how long to wait; zero or less looks once
     * @return as {@link #read(ByteBuffer, Duration)}
     * @throws org.ipc4j.ResourceLimitException if there were more handles than {@link
     *     LocalSocketOptions#maxHandles}, or than this process may have open. The bytes are read
     *     all the same, and of the handles none is kept
     * @throws InterruptedException as {@link #read(ByteBuffer, Duration)}
     * @throws IOException as {@link #read(ByteBuffer, Duration)}
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#HANDLE_PASSING}
     */
    int read(ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IOException, InterruptedException;

    /**
     * Tells whether the last read that got anything took the end of a message.
     *
     * @return {@code false} if there is more of it, before the first read, after a read that got
     *     nothing, and always with {@link LocalSocketType#STREAM}
     */
    boolean isMessageComplete();

    /**
     * Writes all bytes, waiting for room.
     *
     * @param source the bytes, from position to limit; its position is moved behind what was
     *     written
     * @return how many bytes there were
     * @throws IllegalArgumentException if it is a message that is longer than {@link
     *     #maxMessageSize}
     * @throws org.ipc4j.PeerClosedException if the other end is gone
     * @throws IOException if the system refuses, or this end is or gets closed
     */
    @Override
    int write(ByteBuffer source) throws IOException;

    /**
     * Writes bytes, waiting for room up to a time. A message is written whole or not at all.
     *
     * @param source the bytes, from position to limit; its position is moved behind what was
     *     written, also when an exception is thrown
     * @param timeout how long to wait for room; zero or less writes what there is room for now
     * @return how many bytes were written
     * @throws IllegalArgumentException if it is a message that is longer than {@link
     *     #maxMessageSize}
     * @throws InterruptedException if the thread is interrupted, before or while it waits; the
     *     position of {@code source} tells what was written, and the socket stays open
     * @throws org.ipc4j.PeerClosedException if the other end is gone
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    int write(ByteBuffer source, Duration timeout) throws IOException, InterruptedException;

    /**
     * Writes as {@link #write(ByteBuffer, Duration)} does, and passes handles with the first byte.
     *
     * @param source the bytes, at least one if there are handles
     * @param handles what is passed; it stays the caller's
     * @param timeout how long to wait for room; zero or less writes what there is room for now
     * @return how many bytes were written; if 0, the handles were not passed either
     * @throws IllegalArgumentException if there is no byte to pass them with, there are more than
     *     {@link LocalSocketOptions#HANDLES}, or one of them is nothing that can be passed
     * @throws IllegalStateException if one of them is closed
     * @throws InterruptedException as {@link #write(ByteBuffer, Duration)}
     * @throws IOException as {@link #write(ByteBuffer, Duration)}
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#HANDLE_PASSING}
     */
    int write(ByteBuffer source, List<? extends Passable> handles, Duration timeout)
            throws IOException, InterruptedException;

    /**
     * Writes all bytes of several buffers, waiting for room. They are one message if there are
     * messages.
     *
     * @param sources the buffers
     * @param offset the first of them
     * @param length how many of them
     * @return how many bytes there were
     * @throws IllegalArgumentException as {@link #write(ByteBuffer)}
     * @throws IOException as {@link #write(ByteBuffer)}
     */
    @Override
    long write(ByteBuffer[] sources, int offset, int length) throws IOException;

    /**
     * Ends what this end writes: when the other end has read everything, it is told {@code -1}.
     * This end can still read.
     *
     * @throws IOException if the system refuses, or this end is closed
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#HALF_CLOSE}
     */
    void shutdownOutput() throws IOException;

    /**
     * Closes this end. The other end can still read what was written, and is then told {@code -1}.
     * Does nothing when called again.
     *
     * @throws IOException never
     */
    @Override
    void close() throws IOException;
}
