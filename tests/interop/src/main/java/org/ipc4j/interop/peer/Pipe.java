// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.stream.PipeTransfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * {@code pipe}: {@link NamedPipeServer} and {@link NamedPipeConnection}, one connection at a time.
 */
final class Pipe implements Mechanism {
    private static final int PART = 1 << 16;

    private NamedPipeServer server;
    private NamedPipeConnection connection;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "create" -> {
                server = create(words);
                return server.nativeKey();
            }
            case "accept" -> connection = server.accept();
            case "connect" -> {
                connection = NamedPipeConnection.connect(words.name());
                return connection.nativeKey();
            }
            case "peer" -> {
                return Long.toString(connection.peerProcessId().orElseThrow());
            }
            case "write" ->
                    connection.write(
                            ByteBuffer.wrap(words.text(0).getBytes(StandardCharsets.UTF_8)));
            case "read" -> {
                return read(ByteBuffer.allocate(words.numberOr(0, PART)));
            }
            case "complete" -> {
                return Boolean.toString(connection.isMessageComplete());
            }
            case "fill" -> fill(words.big(0), words.big(1));
            case "take" -> {
                return take(words.big(0));
            }
            case "drain" -> {
                return take(Long.MAX_VALUE);
            }
            case "close" -> connection.close();
            case "closeServer" -> server.close();
            case "runWriter" -> runWriter(words.number(0));
            case "runReader" -> runReader();
            default -> Mechanism.unknown(verb);
        }
        return "";
    }

    private static NamedPipeServer create(Words words) throws IpcException {
        PipeTransfer transfer = PipeTransfer.valueOf(words.text(1).toUpperCase(Locale.ROOT));
        return NamedPipeServer.create(
                words.name(), NamedPipeServerOptions.DEFAULT.withTransfer(transfer));
    }

    private String read(ByteBuffer bytes) throws IOException {
        return connection.read(bytes) == -1
                ? NONE
                : StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private void fill(long size, long seed) throws IOException {
        for (long at = 0; at < size; at += PART) {
            connection.write(
                    ByteBuffer.wrap(Content.pattern(seed, at, (int) Math.min(PART, size - at))));
        }
    }

    /** Reads so many bytes, or to the end. */
    private String take(long size) throws IOException {
        CRC32 crc = new CRC32();
        ByteBuffer part = ByteBuffer.allocate(PART);
        long total = 0;
        while (total < size) {
            part.clear().limit((int) Math.min(PART, size - total));
            if (connection.read(part) == -1) {
                break;
            }
            total += part.position();
            crc.update(part.flip());
        }
        return "%d %08x".formatted(total, crc.getValue());
    }

    /** Writes records of the stream that seed 0 stands for, until it is killed. */
    private void runWriter(int size) throws IOException {
        JvmPeer.ready();
        for (long at = 0; ; at += size) {
            ByteBuffer record = ByteBuffer.wrap(Content.pattern(0, at, size));
            Event.tell('w', at + size);
            connection.write(record);
            Event.tell('W', at + size);
        }
    }

    /** Accepts a client, and reads the stream that seed 0 stands for, until it is killed. */
    private void runReader() throws Exception {
        JvmPeer.ready();
        connection = server.accept();
        ByteBuffer part = ByteBuffer.allocate(PART);
        for (long at = 0; connection.read(part.clear()) != -1; at += part.position()) {
            for (int i = 0; i < part.position(); i++) {
                if (part.get(i) != Content.pattern(0, at + i)) {
                    Event.tell('X', at + i);
                }
            }
            Event.tell('R', at + part.position());
        }
        Event.tell('X', 0); // only this process was to end
    }
}
