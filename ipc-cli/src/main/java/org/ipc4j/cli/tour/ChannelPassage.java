// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Receiver;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.peer.Patience;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** Messages that are written and read in place. An empty one is the end. */
record ChannelPassage() implements Passage {
    private static final int MESSAGE_SIZE = 1 << 16;
    private static final int BATCH = 16;
    private static final Duration PAUSE = Duration.ofNanos(50_000);

    @Override
    public String word() {
        return "channel";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.CHANNEL;
    }

    @Override
    public Sender create(TourNames names) throws IOException {
        ChannelOptions options = ChannelOptions.DEFAULT.withMaxMessageSize(MESSAGE_SIZE);
        return new Messages(org.ipc4j.channel.Sender.create(names.channel(this), options));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        try (Receiver receiver = Receiver.open(names.channel(this))) {
            boolean[] ended = {false};
            MessageHandler handler =
                    (memory, offset, length) -> {
                        receipt.add(memory.asSlice(offset, length).asByteBuffer());
                        ended[0] = length == 0;
                    };
            receipt.ready();
            while (!ended[0]) {
                patience.until(receiver::await);
                receiver.poll(handler, BATCH);
            }
        }
    }

    private static final class Messages implements Sender {
        private final org.ipc4j.channel.Sender sender;
        private long count;

        Messages(org.ipc4j.channel.Sender sender) {
            this.sender = sender;
        }

        @Override
        public String nativeKey() {
            return sender.nativeKey();
        }

        @Override
        public int chunkSize() {
            return sender.maxMessageSize();
        }

        @Override
        public void connect(Patience patience) {}

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            long[] offset = {org.ipc4j.channel.Sender.FULL};
            patience.until(time -> {
                offset[0] = claim(length, time);
                return offset[0] != org.ipc4j.channel.Sender.FULL;
            });
            if (offset[0] == org.ipc4j.channel.Sender.RECEIVER_GONE) {
                throw new CommandFailure(
                        ExitStatus.PEER_CLOSED, "the other process has left the channel");
            }
            MemorySegment.copy(chunk, 0, sender.memory(), ValueLayout.JAVA_BYTE, offset[0], length);
            sender.commit();
            count += length == 0 ? 0 : 1;
        }

        /** Claims room, which the receiver makes in less time than a wake-up takes. */
        private long claim(int length, Duration time) throws InterruptedException {
            long start = System.nanoTime();
            long offset = sender.tryClaim(length);
            while (offset == org.ipc4j.channel.Sender.FULL
                    && System.nanoTime() - start < time.toNanos()) {
                Thread.sleep(PAUSE);
                offset = sender.tryClaim(length);
            }
            return offset;
        }

        @Override
        public void end(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            send(new byte[0], 0, patience);
        }

        @Override
        public String steps() {
            return count + " messages of " + (sender.maxMessageSize() >> 10) + " KiB";
        }

        @Override
        public void close() {
            sender.close();
        }
    }
}
