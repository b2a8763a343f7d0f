// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.LocalSocketChannel;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.PeerCredentials;
import org.ipc4j.stream.ReceivedHandle;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A UNIX-domain channel of the JDK, which never blocks, so an interrupt does not close it. */
final class JvmLocalSocket extends LocalSocketChannel {
    /** Belongs to the module {@code jdk.net}, which need not be there. */
    private static final String PEER = "SO_PEERCRED";

    private final SocketChannel channel;
    private final PeerCredentials peer;
    private final Readiness readable;
    private final Readiness writable;
    private final Wait bytes;
    private final Wait room;

    private JvmLocalSocket(IpcName name, SocketChannel channel, LocalSocketOptions options)
            throws IOException {
        super(name, options.type());
        this.channel = channel;
        this.peer = peer(channel);
        this.readable = new Readiness(name, channel, SelectionKey.OP_READ);
        this.writable = new Readiness(name, channel, SelectionKey.OP_WRITE);
        this.bytes = Readiness.place(name, this::isOpen);
        this.room = Readiness.place(name, this::isOpen);
    }

    /**
     * Takes over a connected channel. It is closed if that fails.
     *
     * @param name what messages call it
     */
    static JvmLocalSocket of(IpcName name, SocketChannel channel, LocalSocketOptions options)
            throws IOException {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.bufferSize());
            return new JvmLocalSocket(name, channel, options);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static PeerCredentials peer(SocketChannel channel) throws IOException {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals(PEER)) {
                return new PeerCredentials(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        user(channel.getOption(option)).map(UserPrincipal::getName));
            }
        }
        return PeerCredentials.UNKNOWN;
    }

    /** From a record of that module. */
    private static Optional<UserPrincipal> user(Object credentials) {
        try {
            return Optional.of(
                    (UserPrincipal) credentials.getClass().getMethod("user").invoke(credentials));
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }

    @Override
    protected int readNow(ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        try {
            return Chunks.read(channel, target);
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            return END; // reset: it is gone, and has left something unread
        }
    }

    @Override
    protected void writeNow(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
        try {
            Chunks.write(channel, source);
        } catch (ClosedChannelException e) {
            if (channel.isOpen()) {
                throw new IpcException(name(), "this end has ended what it writes");
            }
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw JvmPipeWriter.gone(e, name());
        }
    }

    @Override
    protected void shutdownNow() throws IpcException {
        try {
            channel.shutdownOutput();
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw JvmPipeWriter.gone(e, name());
        }
    }

    @Override
    protected Wait bytes() {
        return bytes;
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected void awaitBytes(long nanos) {
        readable.await(nanos);
    }

    @Override
    protected void awaitRoom(long nanos) {
        writable.await(nanos);
    }

    @Override
    public PeerCredentials peer() {
        return peer;
    }

    @Override
    public int maxMessageSize() {
        return Integer.MAX_VALUE; // a stream has no messages
    }

    @Override
    public boolean isMessageComplete() {
        return false;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }
}
