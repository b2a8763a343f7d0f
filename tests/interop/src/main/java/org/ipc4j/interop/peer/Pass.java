// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.Access;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code pass}: what the other mechanisms have goes over the socket of {@code sock}. */
final class Pass implements Mechanism {
    private final Shm shm;
    private final Mmap mmap;
    private final Fifo fifo;
    private final Sock sock;
    private final List<ReceivedHandle> received = new ArrayList<>();

    Pass(Shm shm, Mmap mmap, Fifo fifo, Sock sock) {
        this.shm = shm;
        this.mmap = mmap;
        this.fifo = fifo;
        this.sock = sock;
    }

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "send" -> send(words);
            case "receive" -> {
                return receive();
            }
            case "adopt" -> adopt(words, received.get(words.number(1)));
            case "left" -> {
                return Long.toString(received.stream().filter(ReceivedHandle::isOpen).count());
            }
            case "close" -> close();
            default -> Mechanism.unknown(verb);
        }
        return "";
    }

    /** {@code send TEXT WHAT...}: with one message. */
    private void send(Words words) throws Exception {
        List<Passable> objects =
                Stream.of(words.words()).skip(1).map(what -> passable(what)).toList();
        byte[] text = words.text(0).getBytes(StandardCharsets.UTF_8);
        sock.socket().write(ByteBuffer.wrap(text), objects, Wait.FOREVER);
    }

    private Passable passable(String what) {
        return switch (what) {
            case "memory" -> shm.passable();
            case "file" -> mmap.passable();
            case "reader" -> fifo.passableReader();
            case "writer" -> fifo.passableWriter();
            case "server" -> sock.passableServer();
            case "datagrams" -> sock.passableDatagrams();
            default -> throw new IllegalArgumentException("nothing to pass: " + what);
        };
    }

    /** Answers the text, and what each handle is. */
    private String receive() throws Exception {
        received.clear();
        ByteBuffer bytes = ByteBuffer.allocate(1000);
        sock.socket().read(bytes, received, Wait.FOREVER);
        StringBuilder answer = new StringBuilder(StandardCharsets.UTF_8.decode(bytes.flip()));
        received.forEach(each -> answer.append(' ').append(each.kind()));
        return answer.toString();
    }

    /** {@code adopt WHAT INDEX [ACCESS]}. */
    private void adopt(Words words, ReceivedHandle handle) throws Exception {
        Access access = words.access(2);
        switch (words.text(0)) {
            case "memory" -> shm.adopt(handle);
            case "file" -> mmap.adopt(handle, MappedFileMode.READ_WRITE, access);
            case "readOnlyFile" -> mmap.adopt(handle, MappedFileMode.READ_ONLY, access);
            case "reader" -> fifo.adoptReader(handle);
            case "writer" -> fifo.adoptWriter(handle);
            case "socket" -> sock.adoptSocket(handle);
            case "server" -> sock.adoptServer(handle);
            case "datagrams" -> sock.adoptDatagrams(handle);
            default -> throw new IllegalArgumentException("nobody adopts " + words.text(0));
        }
    }

    /** What nobody has adopted. */
    private void close() {
        received.forEach(ReceivedHandle::close);
        received.clear();
    }
}
