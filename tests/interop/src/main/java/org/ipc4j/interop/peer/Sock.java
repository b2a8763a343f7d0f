// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagram;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.PeerCredentials;
import org.ipc4j.stream.ReceivedHandle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** {@code sock}: {@link LocalSocket} and {@link LocalDatagramSocket}. */
final class Sock implements Mechanism {
    private static final int PART = 1 << 16;

    private LocalServerSocket server;
    private LocalSocket socket;
    private LocalDatagramSocket datagrams;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "serve" -> {
                return serve(words);
            }
            case "accept" -> {
                socket = server.accept();
                return who(socket.peer());
            }
            case "connect" -> {
                socket =
                        LocalSocket.connect(
                                        LocalAddress.of(words.name()), options(words), Wait.FOREVER)
                                .orElseThrow();
                return who(socket.peer());
            }
            case "write" -> socket.write(bytes(words.text(0)));
            case "fill" -> fill(words.big(0), words.big(1));
            case "read" -> {
                return read();
            }
            case "receive" -> {
                return receive();
            }
            case "timedread" -> {
                ByteBuffer bytes = ByteBuffer.allocate(PART);
                return switch (socket.read(bytes, Duration.ofMillis(words.big(0)))) {
                    case 0 -> NONE;
                    case -1 -> "end";
                    default -> text(bytes);
                };
            }
            case "drain" -> {
                return drain();
            }
            case "shutdown" -> socket.shutdownOutput();
            case "passPair" -> passPair(words.text(0));
            case "take" -> {
                return take();
            }
            case "sendto" -> sendTo(words);
            case "stop" -> server.close();
            case "close" -> close();
            case "unlink" -> {
                return Mechanism.done(LocalServerSocket.remove(words.name()));
            }
            case "runCreator" ->
                    Creator.run(
                            () -> LocalServerSocket.create(words.name()),
                            () -> LocalServerSocket.remove(words.name()));
            case "runWriter" -> runWriter(words.number(0));
            case "runReader" -> runReader();
            default -> Mechanism.unknown(verb);
        }
        return "";
    }

    LocalSocket socket() {
        return socket;
    }

    Passable passableServer() {
        return server;
    }

    Passable passableDatagrams() {
        return datagrams;
    }

    void adoptSocket(ReceivedHandle received) throws IpcException {
        socket = LocalSocket.adopt(received);
    }

    void adoptServer(ReceivedHandle received) throws IpcException {
        server = LocalServerSocket.adopt(received);
    }

    void adoptDatagrams(ReceivedHandle received) throws IpcException {
        datagrams = LocalDatagramSocket.adopt(received);
    }

    private String serve(Words words) throws Exception {
        LocalAddress address = LocalAddress.of(words.name());
        if (word(words, 1).equals("dgram")) {
            datagrams =
                    LocalDatagramSocket.create(
                            address, LocalDatagramOptions.DEFAULT.withAccess(words.access(2)));
            return words.text(0);
        }
        server = LocalServerSocket.create(address, options(words));
        return server.nativeKey();
    }

    private static LocalSocketOptions options(Words words) {
        return LocalSocketOptions.DEFAULT
                .withType(
                        word(words, 1).isEmpty()
                                ? LocalSocketType.STREAM
                                : LocalSocketType.valueOf(word(words, 1).toUpperCase(Locale.ROOT)))
                .withAccess(words.access(2));
    }

    private static String word(Words words, int index) {
        return index < words.words().length ? words.text(index) : "";
    }

    /** The process and the user; a blank for what the system does not tell. */
    private static String who(PeerCredentials peer) {
        return (peer.processId().isPresent() ? peer.processId().getAsLong() : "-")
                + " "
                + (peer.userId().isPresent() ? peer.userId().getAsLong() : "-");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private void fill(long size, long seed) throws Exception {
        for (long at = 0; at < size; at += PART) {
            socket.write(
                    ByteBuffer.wrap(Content.pattern(seed, at, (int) Math.min(PART, size - at))));
        }
    }

    private String read() throws Exception {
        if (socket == null) {
            return receive();
        }
        ByteBuffer bytes = ByteBuffer.allocate(PART);
        return socket.read(bytes) == -1 ? NONE : text(bytes);
    }

    private String receive() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(PART);
        LocalDatagram datagram = datagrams.receive(bytes);
        return text(bytes) + " " + who(datagram.credentials());
    }

    private String drain() throws Exception {
        CRC32 crc = new CRC32();
        long total = 0;
        ByteBuffer part = ByteBuffer.allocate(PART);
        while (socket.read(part.clear()) != -1) {
            total += part.position();
            crc.update(part.flip());
        }
        return "%d %08x".formatted(total, crc.getValue());
    }

    /** Passes one end of a pair, and goes on with the other. */
    private void passPair(String text) throws Exception {
        LocalSocketPair pair = LocalSocket.pair();
        socket.write(bytes(text), List.of(pair.first()), Wait.FOREVER);
        pair.first().close();
        socket.close();
        socket = pair.second();
    }

    /** Goes on with what it is given, if that is a socket. */
    private String take() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(PART);
        List<ReceivedHandle> handles = new ArrayList<>();
        socket.read(bytes, handles, Wait.FOREVER);
        if (handles.isEmpty()) {
            return text(bytes) + " NOTHING";
        }
        HandleKind kind = handles.getFirst().kind();
        if (kind == HandleKind.SOCKET) {
            socket.close();
            socket = LocalSocket.adopt(handles.getFirst());
        }
        handles.forEach(ReceivedHandle::close);
        return text(bytes) + " " + kind;
    }

    private void sendTo(Words words) throws Exception {
        LocalAddress to = LocalAddress.of(words.name());
        if (datagrams != null) {
            datagrams.send(bytes(words.text(1)), to);
            return;
        }
        Access access = words.access(2);
        try (LocalDatagramSocket unnamed =
                LocalDatagramSocket.createUnnamed(
                        LocalDatagramOptions.DEFAULT.withAccess(access))) {
            unnamed.send(bytes(words.text(1)), to);
        }
    }

    private void close() throws Exception {
        if (socket != null) {
            socket.close();
        }
        if (server != null) {
            server.close();
        }
        if (datagrams != null) {
            datagrams.close();
        }
    }

    /** Writes records of the stream that seed 0 stands for, until it is killed. */
    private void runWriter(int size) throws Exception {
        JvmPeer.ready();
        for (long at = 0; ; at += size) {
            ByteBuffer record = ByteBuffer.wrap(Content.pattern(0, at, size));
            Event.tell('w', at + size);
            socket.write(record);
            Event.tell('W', at + size);
        }
    }

    /** Reads the stream that seed 0 stands for, of its first client, until it is killed. */
    private void runReader() throws Exception {
        JvmPeer.ready();
        ByteBuffer part = ByteBuffer.allocate(PART);
        try (LocalSocket client = server.accept()) {
            for (long at = 0; ; at += part.position()) {
                int count = client.read(part.clear());
                for (int i = 0; i < count; i++) {
                    if (part.get(i) != Content.pattern(0, at + i)) {
                        Event.tell('X', at + i);
                    }
                }
                Event.tell('R', at + Math.max(count, 0));
            }
        }
    }
}
