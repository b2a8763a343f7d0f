// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Standard input to a socket, and the socket to standard output, at the same time. In a socket of
 * messages each line is one.
 */
final class SocketConversation {
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_MESSAGE = 1 << 20;

    private final LocalSocket socket;
    private final boolean messages;

    private SocketConversation(LocalSocket socket) {
        this.socket = socket;
        this.messages = socket.type() == LocalSocketType.SEQPACKET;
    }

    /** Goes on until both ways have ended. */
    static void hold(LocalSocket socket, StandardStreams streams, boolean input)
            throws IOException, InterruptedException {
        SocketConversation conversation = new SocketConversation(socket);
        CompletableFuture<Void> sent = new CompletableFuture<>();
        // A daemon, since nothing ends a read from standard input.
        Thread.ofPlatform()
                .daemon()
                .name("ipc-input")
                .start(() -> {
                    try {
                        if (input) {
                            conversation.send(streams.in());
                        }
                        conversation.endOutput();
                        sent.complete(null);
                    } catch (IOException | RuntimeException e) {
                        sent.completeExceptionally(e);
                    }
                });
        conversation.receive(streams.out());
        try {
            sent.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException reason) {
                throw reason;
            }
            throw e;
        }
    }

    /** Without that capability, the other end is told when this one closes. */
    private void endOutput() throws IOException {
        if (Ipc.provider(LocalSocketProvider.class)
                .capabilities()
                .contains(Capability.HALF_CLOSE)) {
            socket.shutdownOutput();
        }
    }

    private void send(InputStream in) throws IOException {
        if (messages) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the same bytes again
                socket.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)));
            }
            return;
        }
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            socket.write(ByteBuffer.wrap(chunk, 0, count));
        }
    }

    private void receive(OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(messages ? LONGEST_MESSAGE : CHUNK);
        while (socket.read(chunk.clear()) >= 0) {
            if (messages && socket.isMessageComplete()) {
                out.write(line(chunk), 0, chunk.position() + 1);
            } else {
                out.write(chunk.array(), 0, chunk.position());
            }
        }
    }

    /** A message and its end, written at once. */
    private static byte[] line(ByteBuffer message) {
        byte[] line = new byte[message.position() + 1];
        message.get(0, line, 0, message.position());
        line[message.position()] = '\n';
        return line;
    }
}
