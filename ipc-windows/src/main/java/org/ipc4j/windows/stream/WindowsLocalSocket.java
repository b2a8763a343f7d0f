// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.LocalSocketChannel;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.PeerCredentials;
import org.ipc4j.stream.ReceivedHandle;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.NamedPipeApi;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One end of a connection by a named pipe: of bytes, or of messages. The server decides how large
 * the buffers are, for both directions, and what goes through.
 */
final class WindowsLocalSocket extends LocalSocketChannel {
    private static final IpcName PAIR = IpcName.ofNative("(pair)");

    /** How many bytes of a stream are read or written at once. */
    private static final int CHUNK = 1 << 14;

    /** Taken for the buffers of a pipe that another program has made without any. */
    private static final int DEFAULT_BUFFER = 1 << 16;

    private static final int SMALLEST_BUFFER = 1 << 12;

    private final PeerCredentials peer;
    private final int longest;
    private final Event readable;
    private final PipeInput input;
    private final PipeOutput output;
    private final Wait bytes;
    private final Wait room;
    private volatile boolean messageComplete;

    private WindowsLocalSocket(
            IpcName name,
            PipeEnd end,
            Event readable,
            Event writable,
            NamedPipeApi.Info info,
            boolean server) {
        super(name, type(info));
        boolean messages = info.messages();
        int incoming = orDefault(server ? info.inBuffer() : info.outBuffer());
        this.peer =
                new PeerCredentials(
                        end.peer(server),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty());
        this.longest =
                messages
                        ? orDefault(server ? info.outBuffer() : info.inBuffer())
                        : Integer.MAX_VALUE;
        this.readable = readable;
        this.input =
                new PipeInput(
                        end,
                        readable,
                        messages,
                        messages ? Math.max(SMALLEST_BUFFER, incoming) : CHUNK);
        this.output = new PipeOutput(end, writable, messages, messages ? Integer.MAX_VALUE : CHUNK);
        this.bytes = Wait.inKernel(name, this::isOpen, () -> readable.await(0) ? 1 : 0);
        this.room = Wait.inKernel(name, this::isOpen, output::ready);
    }

    private static LocalSocketType type(NamedPipeApi.Info info) {
        return info.messages() ? LocalSocketType.SEQPACKET : LocalSocketType.STREAM;
    }

    private static int orDefault(int buffer) {
        return buffer > 0 ? buffer : DEFAULT_BUFFER;
    }

    /**
     * Makes a socket of its handle, and closes that if it fails.
     *
     * @param name what messages call it
     * @param end the handle
     * @param info what the pipe is like
     * @param server whether this is the server's end
     */
    static WindowsLocalSocket of(IpcName name, PipeEnd end, NamedPipeApi.Info info, boolean server)
            throws IpcException {
        Event readable = end.event();
        try {
            return new WindowsLocalSocket(name, end, readable, end.event(), info, server);
        } catch (IpcException e) {
            readable.close();
            throw e;
        }
    }

    static Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        Optional<PipeClient.Connected> connected =
                PipeClient.await(address.name(), options.access(), timeout);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        PipeEnd end = connected.get().end();
        NamedPipeApi.Info info = connected.get().info();
        if (type(info) != options.type()) {
            end.close();
            throw new IncompatibleException(
                    address.name(),
                    end.key() + " is of type " + type(info) + ", not " + options.type());
        }
        return Optional.of(of(address.name(), end, info, false));
    }

    /** By a pipe whose name is given up at once. */
    static LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        IpcName name = RandomName.fresh();
        PipeArrivals arrivals = WindowsLocalServerSocket.listen(name, options);
        try {
            PipeClient.Connected client =
                    PipeClient.connectAtOnce(name, options.access(), PipeClient.BOTH);
            WindowsLocalSocket first = of(PAIR, client.end(), client.info(), false);
            return new LocalSocketPair(first, of(PAIR, arrivals.poll(), arrivals.info(), true));
        } finally {
            arrivals.close();
        }
    }

    @Override
    protected int readNow(ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        messageComplete = false;
        if (!input.look()) {
            return NOTHING;
        }
        int count = input.take(target);
        messageComplete = input.hasTakenMessage();
        return count == 0 ? EMPTY_MESSAGE : count;
    }

    @Override
    protected void writeNow(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
        output.write(source);
    }

    @Override
    protected void endWrite(ByteBuffer source) {
        output.giveUp(source);
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
        output.awaitRoom(nanos);
    }

    @Override
    public PeerCredentials peer() {
        return peer;
    }

    @Override
    public int maxMessageSize() {
        return longest;
    }

    @Override
    public boolean isMessageComplete() {
        return messageComplete;
    }

    @Override
    protected void implCloseChannel() {
        input.close();
        readable.close();
        output.close();
    }
}
