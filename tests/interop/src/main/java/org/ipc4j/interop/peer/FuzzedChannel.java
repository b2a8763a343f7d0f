// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import static org.ipc4j.interop.peer.Fuzzed.copy;
import static org.ipc4j.interop.peer.Fuzzed.require;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** A channel with two senders. */
final class FuzzedChannel implements Fuzzed {
    private static final ChannelWords WORDS = new ChannelWords(2, CAPACITY);
    private static final long[] POSITIONS = {
        ChannelWords.TAIL, ChannelWords.HEAD, ChannelWords.HANDLED
    };

    private final IpcName name;
    private final Channel channel;

    FuzzedChannel(IpcName name, WaitStrategy waiting) throws IpcException {
        this.name = name;
        this.channel =
                Channel.create(
                        name,
                        ChannelOptions.DEFAULT
                                .withCapacity(CAPACITY)
                                .withMaxMessageSize(LONGEST)
                                .withSenders(WORDS.senders())
                                .withWaiting(waiting));
    }

    @Override
    public String nativeKey() {
        return channel.nativeKey();
    }

    @Override
    public MessageSink openSink() throws IpcException {
        return Sender.open(name);
    }

    /** There is room for two. */
    @Override
    public void admit(MemorySegment memory) {}

    @Override
    public MessageSource openSource() throws IpcException {
        return Receiver.open(name);
    }

    @Override
    public void ask(MessageSink sink) throws IpcException {
        ((Sender) sink).receiver();
    }

    @Override
    public void ask(MessageSource source, SplittableRandom random) throws IpcException {
        Receiver receiver = (Receiver) source;
        receiver.sender(random.nextInt(receiver.senders()));
    }

    @Override
    public void look(SplittableRandom random) throws IpcException {
        try (Channel other = Channel.open(name)) {
            long rings = (long) other.senders() * other.capacity();
            int unhandled = other.unhandledBytes(random.nextInt(other.senders()));
            require(rings <= byteSize(), "rings of " + rings + " bytes");
            require(other.maxMessageSize() <= other.capacity() / 4, "messages that do not fit");
            require(unhandled >= 0 && unhandled <= other.capacity(), unhandled + " in a ring");
            other.receiver();
            other.sender(random.nextInt(other.senders()));
        }
    }

    @Override
    public void check(MemorySegment memory, long offset, int length) {
        require(length >= 0 && length <= 2 * LONGEST, "a length of " + length);
        require(offset >= WORDS.ring(0) && offset % 8 == 0, "an offset of " + offset);
        require(offset + length <= byteSize(), "beyond the rings: " + offset);
    }

    @Override
    public void remove() throws IpcException {
        channel.close();
        require(Channel.remove(name), "the channel is gone");
    }

    @Override
    public long byteSize() {
        return WORDS.byteSize();
    }

    @Override
    public int headerInts() {
        return 96;
    }

    @Override
    public Part part(SplittableRandom random) {
        int ring = random.nextInt(WORDS.senders());
        long words = WORDS.words(ring);
        long[] positions = new long[POSITIONS.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = words + POSITIONS[i];
        }
        return new Part(positions, words, 160, WORDS.ring(ring), words + ChannelWords.HANDLED);
    }

    @Override
    public void move(MemorySegment memory, SplittableRandom random) {
        for (int ring = 0; ring < WORDS.senders(); ring++) {
            long position = 8L * random.nextInt(CAPACITY);
            for (long at : POSITIONS) {
                memory.set(JAVA_LONG, WORDS.words(ring) + at, position);
            }
        }
    }

    @Override
    public void forgive(MessageSink sink, MemorySegment now, MemorySegment before) {
        int ring = ((Sender) sink).index();
        copy(now, before, WORDS.ring(ring), CAPACITY);
        copy(now, before, WORDS.words(ring) + ChannelWords.TAIL, Long.BYTES);
        copy(now, before, WORDS.words(ring) + ChannelWords.ROOM, Integer.BYTES);
        copy(now, before, ChannelWords.MESSAGES, Integer.BYTES);
    }
}
