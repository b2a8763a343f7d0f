// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes garbage into the memory of a channel whose ends go on: they answer with typed errors,
 * return, hand out nothing that is outside of a ring, and a sender writes nowhere but in its own
 * ring.
 */
@Timeout(1200)
class ChannelFuzzTest {
    private static final int MUTATIONS =
            "full".equals(System.getProperty("ipc.campaign")) ? 1_000_000 : 100_000;

    private static final int CAPACITY = 4096;
    private static final int RINGS = 2;
    private static final ChannelLayout LAYOUT =
            new ChannelLayout(
                    ChannelOptions.DEFAULT
                            .withCapacity(CAPACITY)
                            .withMaxMessageSize(CAPACITY / 4)
                            .withSenders(RINGS)
                            .withWaiting(WaitStrategy.SPIN));
    private static final long VERSION = 8;
    private static final long[] POSITIONS = {
        ChannelLayout.TAIL, ChannelLayout.HEAD, ChannelLayout.HANDLED
    };

    private final IpcName name = IpcName.of("test-" + UUID.randomUUID());
    private final SplittableRandom random = new SplittableRandom(5);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
    private Participant self;
    private SharedMemory memory;
    private MemorySegment segment;
    private Composite<ChannelLayout> channel;
    private final MemorySegment sound = copy();
    private final MemorySegment before = copy();
    private long handled;
    private long told;

    @BeforeEach
    void create() throws IOException {
        self = Participant.found(name, name, Access.OWNER, incarnation -> false);
        memory = SharedMemory.create(name, SharedMemoryOptions.ofSize(LAYOUT.byteSize()));
        segment = memory.segment();
        LAYOUT.initialize(segment, self);
        channel = new Composite<>(memory, LAYOUT, self, () -> {});
        sound.copyFrom(segment);
    }

    @AfterEach
    void remove() throws IOException {
        memory.close();
        self.leaveAndForget();
        SharedMemory.remove(name);
    }

    private static MemorySegment copy() {
        return MemorySegment.ofArray(new byte[(int) LAYOUT.byteSize()]);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Whatever else it throws fails the test. */
    private void typed(Work work) throws Exception {
        try {
            work.run();
        } catch (IpcException e) {
            assertFalse(e.getMessage().isBlank());
            told++;
        }
    }

    @Test
    void damageGivesTypedErrorsOnly() throws Exception {
        for (int mutations = 0; mutations < MUTATIONS; ) {
            Sender sender = soundSender();
            Receiver receiver = receiver();
            use(sender);
            use(receiver);
            for (int i = random.nextInt(1, 12); i > 0; i--, mutations++) {
                mutate();
                useAlone(sender);
                use(receiver);
                if (random.nextInt(4) == 0) {
                    typed(() -> useAlone(sender(random.nextInt(RINGS))));
                    typed(() -> use(receiver()));
                    typed(this::layout);
                }
            }
        }
        assertTrue(handled > MUTATIONS, "much is sound all the same: " + handled);
        assertTrue(told > MUTATIONS / 10, "much is told: " + told);
    }

    /**
     * Every word is loaded once and checked then: that it changes meanwhile makes no difference.
     */
    @Test
    void damageInBetweenGivesTypedErrorsOnly() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread vandal = Thread.ofPlatform().start(() -> vandalize(done));
        try {
            for (int round = 0; round < MUTATIONS; round++) {
                typed(() -> {
                    Sender sender = soundSender();
                    Receiver receiver = receiver();
                    for (int i = 0; i < 5; i++) {
                        use(sender);
                        use(receiver);
                    }
                });
            }
        } finally {
            done.set(true);
            vandal.join();
        }
        assertTrue(handled > 0 && told > 0, handled + " were sound, " + told + " errors were told");
    }

    private void vandalize(AtomicBoolean done) {
        SplittableRandom mine = new SplittableRandom(6);
        while (!done.get()) {
            int ring = mine.nextInt(RINGS);
            long at =
                    mine.nextBoolean()
                            ? LAYOUT.words(ring) + POSITIONS[mine.nextInt(POSITIONS.length)]
                            : LAYOUT.start(ring) + mine.nextInt(CAPACITY / 8) * 8L;
            segment.set(JAVA_LONG, at, mine.nextLong() >> mine.nextInt(64));
        }
    }

    /** A sound channel at any position. */
    private Sender soundSender() throws IpcException {
        segment.copyFrom(sound);
        segment.set(JAVA_INT, ChannelLayout.RINGS_IN_USE, random.nextInt(1, RINGS + 1));
        for (int ring = 0; ring < RINGS; ring++) {
            long position = 8L * random.nextInt(CAPACITY);
            for (long at : POSITIONS) {
                segment.set(JAVA_LONG, LAYOUT.words(ring) + at, position);
            }
        }
        return sender(0);
    }

    private Sender sender(int ring) throws IpcException {
        long word = LAYOUT.words(ring) + ChannelLayout.SENDER;
        return new RingSender(name, channel, ring, seat(word), Waiting.in(name, channel));
    }

    private Receiver receiver() throws IpcException {
        return new RingReceiver(
                name, channel, seat(ChannelLayout.RECEIVER), Waiting.in(name, channel));
    }

    private Seat seat(long word) throws IpcException {
        Seat seat = Seat.of(name, channel, word);
        seat.tryTake();
        return seat;
    }

    /** What is not told to be damaged has at least its size. */
    private void layout() throws IpcException {
        ChannelLayout layout = ChannelLayout.FORM.require(name, segment);
        assertEquals(LAYOUT.byteSize(), layout.byteSize());
    }

    private void mutate() {
        long at = place();
        boolean wide = at % 8 == 0 && random.nextBoolean();
        long before = wide ? segment.get(JAVA_LONG, at) : segment.get(JAVA_INT, at);
        long garbage =
                switch (random.nextInt(6)) {
                    case 0 -> random.nextLong();
                    case 1 -> before ^ 1L << random.nextInt(64);
                    case 2 -> before + random.nextInt(-64, 65);
                    case 3 -> before + 8L * random.nextInt(-CAPACITY, CAPACITY);
                    case 4 -> random.nextLong() >> random.nextInt(64);
                    default -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
                };
        if (wide) {
            segment.set(JAVA_LONG, at, garbage);
        } else {
            segment.set(JAVA_INT, at, (int) garbage);
        }
        if (segment.get(JAVA_INT, VERSION) == 0) {
            segment.set(JAVA_INT, VERSION, 2); // else an opener waits for the creator
        }
    }

    /** Where it hurts more often than anywhere. */
    private long place() {
        int ring = random.nextInt(RINGS);
        long words = LAYOUT.words(ring);
        return switch (random.nextInt(8)) {
            case 0, 1 -> words + POSITIONS[random.nextInt(POSITIONS.length)];
            case 2 -> random.nextInt(0, 96) * 4L;
            case 3 -> words + random.nextInt(128) * 4L;
            case 4 -> random.nextLong(LAYOUT.byteSize() / 4) * 4;
            default -> {
                long position = segment.get(JAVA_LONG, words + ChannelLayout.HANDLED);
                yield LAYOUT.start(ring) + (position + random.nextInt(17) * 4L & CAPACITY - 4);
            }
        };
    }

    /** Uses a sender and makes sure that only its own ring has changed. */
    private void useAlone(Sender sender) throws Exception {
        before.copyFrom(segment);
        use(sender);
        forgive(LAYOUT.start(sender.index()), CAPACITY);
        forgive(LAYOUT.words(sender.index()) + ChannelLayout.TAIL, Long.BYTES);
        assertEquals(-1, before.mismatch(segment), "written elsewhere");
    }

    private void forgive(long at, long length) {
        MemorySegment.copy(segment, at, before, at, length);
    }

    private void use(Sender sender) throws Exception {
        for (int i = random.nextInt(4); i > 0; i--) {
            int length = random.nextInt(random.nextBoolean() ? 64 : CAPACITY / 4 + 1);
            switch (random.nextInt(5)) {
                case 0 -> typed(() -> sender.send(buffer.clear().limit(length), Duration.ZERO));
                case 1 -> typed(sender::receiver);
                case 2 -> typed(() -> sender.trySend(buffer.clear().limit(length)));
                default -> {
                    long offset = sender.tryClaim(length);
                    if (offset >= 0) {
                        check(sender.index(), offset, length);
                        end(sender);
                    }
                }
            }
        }
    }

    private void end(Sender sender) {
        switch (random.nextInt(3)) {
            case 0 -> sender.commit();
            case 1 -> sender.stage();
            default -> sender.abort();
        }
    }

    private void use(Receiver receiver) throws Exception {
        typed(() -> receiver.await(Duration.ZERO));
        typed(() ->
                receiver.poll(
                        (handed, offset, length) -> {
                            check(receiver.sender(), offset, length);
                            handled++;
                        },
                        random.nextInt(10)));
        switch (random.nextInt(4)) {
            case 0 -> typed(() -> receiver.tryReceive(buffer.clear()));
            case 1 -> typed(() -> receiver.receive(buffer.clear(), Duration.ZERO));
            case 2 -> typed(() -> receiver.sender(random.nextInt(RINGS)));
            default -> {}
        }
    }

    private static void check(int ring, long offset, int length) {
        assertTrue(length >= 0 && length <= CAPACITY / 4, "a length of " + length);
        assertTrue(offset >= LAYOUT.start(ring) && offset % 8 == 0, "an offset of " + offset);
        assertTrue(offset + length <= LAYOUT.start(ring) + CAPACITY, "over the end of the ring");
    }
}
