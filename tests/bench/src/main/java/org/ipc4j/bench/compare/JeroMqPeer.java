// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JeroMQ's sockets that push and pull, over TCP on the loopback: its "ipc" is that, too. Each
 * message has an array of its own, since it goes to a thread of JeroMQ's.
 */
final class JeroMqPeer implements Peer {
    private static final String LOOPBACK = "tcp://127.0.0.1:";

    private final Case what;
    private final BufferContent content;
    private final ZContext context = new ZContext();

    JeroMqPeer(Case what) {
        this.what = what;
        this.content = new BufferContent(what.length());
    }

    /** The port is any that is free, and written where the other side looks for it. */
    private ZMQ.Socket socket(SocketType type, Path place, boolean create) throws Exception {
        ZMQ.Socket socket = context.createSocket(type);
        if (create) {
            int port = socket.bindToRandomPort("tcp://127.0.0.1");
            Files.writeString(place, Integer.toString(port));
        } else {
            socket.connect(LOOPBACK + Files.readString(place));
        }
        return socket;
    }

    private int flags() {
        return what.sleeps() ? 0 : ZMQ.DONTWAIT;
    }

    @Override
    public Outlet outlet(Path place, boolean create) throws Exception {
        ZMQ.Socket socket = socket(SocketType.PUSH, place, create);
        int flags = flags();
        return (number, count) -> {
            int sent = 0;
            while (sent < count && socket.send(message(number + sent), flags)) {
                sent++;
            }
            return sent;
        };
    }

    private byte[] message(long number) {
        byte[] message = new byte[what.length()];
        content.fill(ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()), number);
        return message;
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) throws Exception {
        ZMQ.Socket socket = socket(SocketType.PULL, place, create);
        int flags = flags();
        return () -> {
            byte[] message = socket.recv(flags);
            if (message == null) {
                return 0;
            }
            ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
            account.arrived(content.read(buffer, 0, message.length));
            return 1;
        };
    }

    @Override
    public void close() {
        context.close();
    }
}
