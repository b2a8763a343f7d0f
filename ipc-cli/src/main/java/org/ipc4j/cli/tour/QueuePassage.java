// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.queue.MessageQueue;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Messages of one priority, so that they keep their order. An empty one is the end. */
record QueuePassage() implements Passage {
    /** What Linux allows an unprivileged process by default. */
    private static final int CAPACITY = 10;

    private static final int MESSAGE_SIZE = 8192;

    @Override
    public String word() {
        return "mq";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.MESSAGE_QUEUE;
    }

    @Override
    public Sender create(TourNames names) throws IOException {
        return new Messages(MessageQueue.create(names.queue(this), CAPACITY, MESSAGE_SIZE));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        try (MessageQueue queue = MessageQueue.open(names.queue(this))) {
            ByteBuffer message = ByteBuffer.allocate(queue.maxMessageSize());
            receipt.ready();
            do {
                message.clear();
                patience.until(time -> queue.tryReceive(message, time) != MessageQueue.NONE);
                receipt.add(message.array(), message.position());
            } while (message.position() > 0);
        }
    }

    private static final class Messages implements Sender {
        private final MessageQueue queue;
        private long count;

        Messages(MessageQueue queue) {
            this.queue = queue;
        }

        @Override
        public String nativeKey() {
            return queue.nativeKey();
        }

        @Override
        public int chunkSize() {
            return queue.maxMessageSize();
        }

        @Override
        public void connect(Patience patience) {}

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            ByteBuffer message = ByteBuffer.wrap(chunk, 0, length);
            patience.until(time -> queue.trySend(message, 0, time));
            count += length == 0 ? 0 : 1;
        }

        @Override
        public void end(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            send(new byte[0], 0, patience);
        }

        @Override
        public String steps() {
            return count + " messages of " + queue.maxMessageSize() + " bytes";
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
