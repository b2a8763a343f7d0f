// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.peer.Patience;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Messages of one publisher, all of which go to each of two subscribers. An empty one is the end.
 */
record TopicPassage() implements Passage {
    private static final int MESSAGE_SIZE = 1 << 16;
    private static final int BATCH = 16;

    @Override
    public String word() {
        return "topic";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.TOPIC;
    }

    @Override
    public Sender create(TourNames names) throws IOException {
        TopicOptions options =
                TopicOptions.DEFAULT.withMaxMessageSize(MESSAGE_SIZE).withSubscribers(2);
        return new Messages(Publisher.create(names.topic(this), options));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        Receipt second = new Receipt(() -> {});
        try (Subscriber one = Subscriber.open(names.topic(this));
                Subscriber other = Subscriber.open(names.topic(this))) {
            List<Reader> readers = List.of(new Reader(one, receipt), new Reader(other, second));
            receipt.ready();
            for (Reader reader = behind(readers); reader != null; reader = behind(readers)) {
                patience.until(reader.subscriber::await);
                for (Reader each : readers) {
                    each.poll();
                }
            }
        }
        if (!receipt.soFar().equals(second.soFar())) {
            throw new CommandFailure(ExitStatus.REFUSED, "the two subscribers' copies differ");
        }
    }

    /** Returns a reader that has not seen the end, or null. */
    private static Reader behind(List<Reader> readers) {
        return readers.stream().filter(reader -> !reader.ended).findFirst().orElse(null);
    }

    private static final class Reader {
        private final Subscriber subscriber;
        private final Receipt receipt;
        private boolean ended;

        Reader(Subscriber subscriber, Receipt receipt) {
            this.subscriber = subscriber;
            this.receipt = receipt;
        }

        void poll() throws IOException {
            subscriber.poll(this::add, BATCH);
        }

        private void add(MemorySegment memory, long offset, int length) {
            receipt.add(memory.asSlice(offset, length).asByteBuffer());
            ended = length == 0;
        }
    }

    private static final class Messages implements Sender {
        private final Publisher publisher;
        private long count;

        Messages(Publisher publisher) {
            this.publisher = publisher;
        }

        @Override
        public String nativeKey() {
            return publisher.nativeKey();
        }

        @Override
        public int chunkSize() {
            return publisher.maxMessageSize();
        }

        @Override
        public void connect(Patience patience) {}

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            long[] offset = {MessageSink.FULL};
            patience.until(time -> {
                offset[0] = publisher.claim(length, time);
                return offset[0] != MessageSink.FULL;
            });
            MemorySegment.copy(
                    chunk, 0, publisher.memory(), ValueLayout.JAVA_BYTE, offset[0], length);
            publisher.commit();
            count += length == 0 ? 0 : 1;
        }

        @Override
        public void end(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            send(new byte[0], 0, patience);
        }

        @Override
        public String steps() {
            return count
                    + " messages of "
                    + (publisher.maxMessageSize() >> 10)
                    + " KiB to 2 subscribers";
        }

        @Override
        public void close() {
            publisher.close();
        }
    }
}
