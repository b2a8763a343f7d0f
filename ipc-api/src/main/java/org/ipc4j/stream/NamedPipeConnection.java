// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.InterruptibleChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One end of the connection between a {@link NamedPipeServer} and one of its clients.
 *
 * <p>It goes both ways: one thread may read while another one writes, and neither waits for the
 * other. Several readers take turns, and so do several writers.
 *
 * <p>In the {@code java.nio} methods an interrupt closes the connection ({@link
 * InterruptibleChannel}); the methods that take a {@link Duration} throw {@link
 * InterruptedException}, and it stays usable.
 */
public interface NamedPipeConnection extends NamedObject, ByteChannel, InterruptibleChannel {
    /**
     * Connects to a server of the current user, and waits its turn while the server is busy with
     * others who want to connect.
     *
     * @param name the server's name
     * @return the client's end
     * @throws org.ipc4j.NameNotFoundException if there is no server
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this system has no such pipes
     */
    static NamedPipeConnection connect(IpcName name) throws IpcException, InterruptedException {
        return connect(name, Access.OWNER, Wait.FOREVER).orElseThrow();
    }

    /**
     * Connects to a server, and waits its turn up to a time. A closed server whose connections are
     * still open looks like a busy one: Windows does not tell these from each other.
     *
     * @param name the server's name
     * @param access whose server is accepted
     * @param timeout how long to wait while the server is busy with others who want to connect;
     *     zero or less looks once
     * @return the client's end, or empty if the server was busy all the time
     * @throws org.ipc4j.NameNotFoundException if there is no server
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this system has no such pipes
     */
    static Optional<NamedPipeConnection> connect(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        return OneName.of(NamedPipeServerProvider.class, name)
                .open(provider -> provider.connect(name, access, timeout));
    }

    /**
     * Returns how data are exchanged, as the server has decided.
     *
     * @return bytes or messages
     */
    PipeTransfer transfer();

    /**
     * Returns the number of the process at the other end, as the system knows it: of the server's
     * creator, or of who has connected.
     *
     * @return the process's number, or empty if the system does not tell
     */
    OptionalLong peerProcessId();

    /**
     * Reads what is there, waiting for the first byte. With {@link PipeTransfer#MESSAGES} it reads
     * from one message only; what {@code target} has no room for is left for the next read.
     *
     * @param target where the bytes go
     * @return how many bytes were read; 0 if {@code target} has no room (or for a message without
     *     bytes, which other programs may send); -1 if the other end is closed and everything is
     *     read
     * @throws org.ipc4j.PeerClosedException if the other end has gone in the midst of a message
     * @throws IOException if the system refuses, or this end is or gets closed
     */
    @Override
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads what is there as {@link #read(ByteBuffer)} does, waiting for the first byte up to a
     * time.
     *
     * @param target where the bytes go
     * @param timeout how long to wait; zero or less looks once
     * @return how many bytes were read; 0 if there were none in time, or {@code target} has no room
     *     (or for a message without bytes; then {@link #isMessageComplete} tells); -1 if the other
     *     end is closed and everything is read
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is read then, and the connection stays open
     * @throws org.ipc4j.PeerClosedException if the other end has gone in the midst of a message
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    int read(ByteBuffer target, Duration timeout) throws IOException, InterruptedException;

    /**
     * Tells whether the last read that got anything took the end of a message.
     *
     * @return {@code false} if there is more of it, before the first read, after a read that got
     *     nothing, and always with {@link PipeTransfer#BYTES}
     */
    boolean isMessageComplete();

    /**
     * Writes all bytes, waiting for room; with {@link PipeTransfer#MESSAGES} they are one message.
     * No bytes are no message.
     *
     * @param source the bytes, from position to limit; its position is moved behind what was
     *     written
     * @return how many bytes there were
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
     * @throws IllegalArgumentException if it is a message that is longer than the server's {@link
     *     NamedPipeServerOptions#bufferSize}: when its reader has begun with it, it could not be
     *     taken back any more
     * @throws InterruptedException if the thread is interrupted, before or while it waits; the
     *     position of {@code source} tells what was written, and the connection stays open
     * @throws org.ipc4j.PeerClosedException if the other end is gone
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    int write(ByteBuffer source, Duration timeout) throws IOException, InterruptedException;

    /**
     * Closes this end. The other end can still read what was written, and is then told {@code -1}.
     * Only if the last write with a time-out was cut short and this process ends at once, the last
     * few kilobytes of a stream of bytes may be lost. Does nothing when called again.
     *
     * @throws IOException never
     */
    @Override
    void close() throws IOException;
}
