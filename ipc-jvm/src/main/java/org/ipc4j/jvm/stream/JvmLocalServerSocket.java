// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.LocalServerChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A listening channel of the JDK, whose file only this user can reach unless others may. */
final class JvmLocalServerSocket extends LocalServerChannel {
    private final LocalSocketOptions options;
    private final Listener listener;
    private final Readiness readiness;
    private final Wait clients;

    JvmLocalServerSocket(LocalAddress address, LocalSocketOptions options, Listener listener) {
        super(address, options.type());
        this.options = options;
        this.listener = listener;
        this.readiness = new Readiness(name(), listener.channel(), SelectionKey.OP_ACCEPT);
        this.clients = Readiness.place(name(), this::isOpen);
    }

    @Override
    protected LocalSocket acceptNow() throws IpcException {
        try {
            SocketChannel client = listener.channel().accept();
            return client == null ? null : JvmLocalSocket.of(name(), client, options);
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw FileErrors.exception(e, "accept", name());
        }
    }

    @Override
    protected Wait clients() {
        return clients;
    }

    @Override
    protected void awaitClient(long nanos) {
        readiness.await(nanos);
    }

    @Override
    public String nativeKey() {
        return listener.place().socket().toString();
    }

    @Override
    protected void closeNow() {
        try {
            FileWork.call(() -> {
                listener.close();
                return null;
            });
            readiness.close();
        } catch (IOException e) {
            // The next owner finds a dead socket, and removes it.
        }
    }
}
