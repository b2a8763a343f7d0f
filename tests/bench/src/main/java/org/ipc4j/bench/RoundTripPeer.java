// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * One of the two processes between which things go to and fro.
 *
 * <p>{@code ping MECHANISM PROVIDER NAME} prints a line when it has created its objects. Then, for
 * each number on standard input, it makes that many round trips and writes the nanoseconds of each,
 * as {@code bench.c} does. {@code pong MECHANISM PROVIDER NAME} answers. Both end with their
 * standard input.
 */
public final class RoundTripPeer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RoundTripPeer() {}

    /** One side's two ends. */
    private interface Line {
        void send() throws IOException, InterruptedException;

        void receive() throws IOException, InterruptedException;

        /**
         * Called once, when the other side is coming or there. From the first message on nothing
         * has a name, so a killed run leaves nothing.
         */
        default void connect() throws IOException, InterruptedException {}

        void close() throws IOException;
    }

    /**
     * The command.
     *
     * @param args see above
     */
    public static void main(String[] args) throws Exception {
        boolean ping = args[0].equals("ping");
        String provider = args[2];
        IpcName forth = IpcName.of(args[3] + "-forth");
        IpcName home = IpcName.of(args[3] + "-home");
        IpcName out = ping ? forth : home;
        IpcName in = ping ? home : forth;
        Line line =
                switch (args[1]) {
                    case "semaphore" -> new SemaphoreLine(provider, out, in, ping);
                    case "queue" -> new QueueLine(provider, out, in, ping);
                    case "pipe" -> new PipeLine(provider, out, in);
                    case "socket" -> new SocketLine(provider, forth, ping);
                    default -> throw new IllegalArgumentException(args[1]);
                };
        if (ping) {
            ping(line);
        } else {
            pong(line);
        }
    }

    private static void ping(Line line) throws IOException, InterruptedException {
        try (var output = new DataOutputStream(new BufferedOutputStream(System.out));
                var input = new BufferedReader(new InputStreamReader(System.in))) {
            output.writeBytes("ready\n");
            output.flush();
            line.connect();
            for (String count = input.readLine(); count != null; count = input.readLine()) {
                long[] taken = new long[Integer.parseInt(count)];
                for (int i = 0; i < taken.length; i++) {
                    long start = System.nanoTime();
                    line.send();
                    line.receive();
                    taken[i] = System.nanoTime() - start;
                }
                for (long nanos : taken) {
                    output.writeLong(nanos);
                }
                output.flush();
            }
        } finally {
            line.close();
        }
    }

    private static void pong(Line line) throws IOException, InterruptedException {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        while (System.in.read() >= 0) {}
                    } catch (IOException e) {
                        // as good as the end
                    }
                    Runtime.getRuntime().halt(0);
                });
        line.connect();
        while (true) {
            line.receive();
            line.send();
        }
    }

    private static final class SemaphoreLine implements Line {
        private final NamedSemaphore out;
        private final NamedSemaphore in;

        SemaphoreLine(String provider, IpcName out, IpcName in, boolean create) throws IOException {
            NamedSemaphoreProvider semaphores =
                    Ipc.provider(NamedSemaphoreProvider.class, provider);
            NamedSemaphoreOptions none = NamedSemaphoreOptions.ofPermits(0);
            this.out = create ? semaphores.create(out, none) : semaphores.open(out, Access.OWNER);
            this.in = create ? semaphores.create(in, none) : semaphores.open(in, Access.OWNER);
            if (!create) {
                semaphores.remove(out);
                semaphores.remove(in);
            }
        }

        @Override
        public void send() throws IOException {
            out.release();
        }

        @Override
        public void receive() throws IOException, InterruptedException {
            in.acquire();
        }

        @Override
        public void close() {
            out.close();
            in.close();
        }
    }

    private static final class QueueLine implements Line {
        private final ByteBuffer message = ByteBuffer.allocateDirect(QueueBenchmark.MESSAGE);
        private final MessageQueue out;
        private final MessageQueue in;

        QueueLine(String provider, IpcName out, IpcName in, boolean create) throws IOException {
            MessageQueueProvider queues = Ipc.provider(MessageQueueProvider.class, provider);
            MessageQueueOptions options =
                    MessageQueueOptions.of(QueueBenchmark.CAPACITY, QueueBenchmark.MESSAGE);
            this.out = create ? queues.create(out, options) : queues.open(out, Access.OWNER);
            this.in = create ? queues.create(in, options) : queues.open(in, Access.OWNER);
            if (!create) {
                queues.remove(out);
                queues.remove(in);
            }
        }

        @Override
        public void send() throws IOException, InterruptedException {
            out.send(message.clear());
        }

        @Override
        public void receive() throws IOException, InterruptedException {
            in.receive(message.clear());
        }

        @Override
        public void close() {
            out.close();
            in.close();
        }
    }

    private static final class PipeLine implements Line {
        private final ByteBuffer message = ByteBuffer.allocateDirect(PipeBenchmark.BYTES);
        private final NamedPipeProvider pipes;
        private final IpcName outName;
        private final NamedPipeReader in;
        private NamedPipeWriter out;
        private boolean named = true;

        PipeLine(String provider, IpcName out, IpcName in) throws IOException {
            pipes = Ipc.provider(NamedPipeProvider.class, provider);
            this.outName = out;
            this.in = pipes.createReader(in, NamedPipeOptions.DEFAULT);
        }

        @Override
        public void connect() throws IOException, InterruptedException {
            out = pipes.openWriter(outName, Access.OWNER, PATIENCE).orElseThrow();
        }

        @Override
        public void send() throws IOException {
            out.write(message.clear());
        }

        @Override
        public void receive() throws IOException {
            message.clear();
            while (message.hasRemaining()) {
                if (in.read(message) < 0) {
                    throw new IOException("the other side is gone");
                }
            }
            if (named) {
                // Not sooner: a writer can be there before the reader's creation has ended, and a
                // reader that finds its name removed by then makes a new pipe. Who has sent
                // something has a reader.
                pipes.remove(outName);
                named = false;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
            if (out != null) {
                out.close();
            }
        }
    }

    /** One connection for both ways. */
    private static final class SocketLine implements Line {
        private final ByteBuffer message = ByteBuffer.allocateDirect(SocketBenchmark.BYTES);
        private final SocketEnds.Place place;
        private ByteChannel end;

        SocketLine(String provider, IpcName name, boolean serve) throws IOException {
            place = SocketEnds.place(provider, name, serve);
        }

        @Override
        public void connect() throws IOException, InterruptedException {
            end = place.connect();
        }

        @Override
        public void send() throws IOException {
            end.write(message.clear());
        }

        @Override
        public void receive() throws IOException {
            message.clear();
            while (message.hasRemaining()) {
                if (end.read(message) < 0) {
                    throw new IOException("the other side is gone");
                }
            }
        }

        @Override
        public void close() throws IOException {
            place.close();
        }
    }
}
