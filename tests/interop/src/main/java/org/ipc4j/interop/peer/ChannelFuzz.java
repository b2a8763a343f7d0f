// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.memory.SharedMemory;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Writes garbage into the memory of a channel whose ends go on. They answer with typed errors,
 * return, hand out nothing that is outside of a ring, and a sender writes nowhere but in its own
 * ring. Whatever else happens leaves here as another exception; a crash, an endless loop and a lack
 * of memory are noticed by who started this process.
 */
final class ChannelFuzz implements AutoCloseable {
    private static final ChannelWords WORDS = new ChannelWords(2, 4096);
    private static final int LONGEST = 1024;
    private static final int USES = 20;
    private static final int MOST_IN_A_ROW = 24;

    private final IpcName name;
    private final Channel channel;
    private final SharedMemory shared;
    private final MemorySegment memory;
    private final MemorySegment sound = copy();
    private final MemorySegment before = copy();

    /**
     * What has happened.
     *
     * @param handled how many messages were handed out
     * @param told how many typed errors there were
     */
    record Count(long handled, long told) {
        @Override
        public String toString() {
            return handled + " " + told;
        }
    }

    ChannelFuzz(IpcName name, WaitStrategy waiting) throws IpcException {
        this.name = name;
        this.channel =
                Channel.create(
                        name,
                        ChannelOptions.DEFAULT
                                .withCapacity(WORDS.capacity())
                                .withMaxMessageSize(LONGEST)
                                .withSenders(WORDS.senders())
                                .withWaiting(waiting));
        this.shared = SharedMemory.open(IpcName.ofNative(channel.nativeKey()));
        this.memory = shared.segment();
        sound.copyFrom(memory.asSlice(0, WORDS.byteSize()));
    }

    private static MemorySegment copy() {
        return MemorySegment.ofArray(new byte[(int) WORDS.byteSize()]);
    }

    /** Mutates and uses in turn. */
    Count mutate(int mutations, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Garbage garbage = new Garbage(memory, WORDS, random);
        FuzzedEnds ends = new FuzzedEnds(random, WORDS, LONGEST);
        for (int i = 0; i < mutations; ) {
            heal(garbage);
            try (Sender sender = Sender.open(name);
                    Receiver receiver = Receiver.open(name)) {
                ends.requireSound(sender, receiver);
                for (int row = random.nextInt(1, MOST_IN_A_ROW); row > 0; row--, i++) {
                    garbage.mutate();
                    useAlone(ends, sender);
                    ends.use(receiver);
                    if (random.nextInt(16) == 0) {
                        ends.typed(() -> openSender(ends));
                        ends.typed(() -> openReceiver(ends));
                        ends.typed(() -> look(random));
                    }
                }
            }
        }
        return ends.count();
    }

    /**
     * Uses while another thread writes garbage. Every word is loaded once and checked then: that it
     * changes meanwhile makes no difference.
     */
    Count race(int rounds, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Garbage garbage = new Garbage(memory, WORDS, random);
        FuzzedEnds ends = new FuzzedEnds(random, WORDS, LONGEST);
        Garbage other = new Garbage(memory, WORDS, random.split());
        try (Vandal vandal = new Vandal(other::splash)) {
            for (int i = 0; i < rounds; i++) {
                vandal.rest();
                heal(garbage);
                ends.typed(() -> openBoth(ends, vandal));
            }
        }
        return ends.count();
    }

    /** A sound channel, at any position; with classes of its own for each end or without. */
    private void heal(Garbage garbage) {
        memory.copyFrom(sound);
        garbage.moveRings();
        System.setProperty(
                "org.ipc4j.channel.special", Boolean.toString(garbage.random().nextInt(8) == 0));
    }

    private void openBoth(FuzzedEnds ends, Vandal vandal) throws Exception {
        try (Sender sender = Sender.open(name);
                Receiver receiver = Receiver.open(name)) {
            vandal.work();
            for (int i = 0; i < USES; i++) {
                ends.use(sender);
                ends.use(receiver);
            }
        }
    }

    private void openSender(FuzzedEnds ends) throws Exception {
        try (Sender sender = Sender.open(name)) {
            ends.use(sender);
        }
    }

    private void openReceiver(FuzzedEnds ends) throws Exception {
        try (Receiver receiver = Receiver.open(name)) {
            ends.use(receiver);
        }
    }

    /** What is not told to be damaged has numbers that fit each other. */
    private void look(SplittableRandom random) throws IpcException {
        try (Channel other = Channel.open(name)) {
            long rings = (long) other.senders() * other.capacity();
            int unhandled = other.unhandledBytes(random.nextInt(other.senders()));
            require(rings <= WORDS.byteSize(), "rings of " + rings + " bytes");
            require(other.maxMessageSize() <= other.capacity() / 4, "messages that do not fit");
            require(unhandled >= 0 && unhandled <= other.capacity(), unhandled + " in a ring");
            other.receiver();
            other.sender(random.nextInt(other.senders()));
        }
    }

    /** Uses a sender and makes sure that only its own ring has changed. */
    private void useAlone(FuzzedEnds ends, Sender sender) throws Exception {
        MemorySegment now = memory.asSlice(0, WORDS.byteSize());
        before.copyFrom(now);
        ends.use(sender);
        long words = WORDS.words(sender.index());
        forgive(WORDS.ring(sender.index()), WORDS.capacity());
        forgive(words + ChannelWords.TAIL, Long.BYTES);
        forgive(words + ChannelWords.ROOM, Integer.BYTES);
        forgive(ChannelWords.MESSAGES, Integer.BYTES);
        long elsewhere = before.mismatch(now);
        require(elsewhere == -1, "a sender has written to " + elsewhere);
    }

    private void forgive(long at, long length) {
        MemorySegment.copy(memory, at, before, at, length);
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() throws IpcException {
        memory.copyFrom(sound);
        shared.close();
        channel.close();
        require(Channel.remove(name), "the channel is gone");
    }
}
