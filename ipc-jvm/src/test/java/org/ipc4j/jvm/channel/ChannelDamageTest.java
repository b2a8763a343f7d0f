// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.Damaged.typedErrorsOnly;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IncompatibleException;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.jvm.sys.ParticipantTable;
import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.stream.LongStream;

/** Whatever is in its memory, a channel answers with typed errors. */
class ChannelDamageTest {
    private static final int CAPACITY = 4096;
    private static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT
                    .withCapacity(CAPACITY)
                    .withMaxMessageSize(CAPACITY / 4)
                    .withSenders(2);
    private static final ChannelLayout LAYOUT = new ChannelLayout(OPTIONS);
    private static final long EPOCHS = LAYOUT.words(0) - ParticipantTable.BYTES;

    private static LongStream wordsOfTheHeader() {
        return LongStream.concat(
                LongStream.iterate(0, at -> at < 64, at -> at + 4),
                LongStream.of(
                        ChannelLayout.RECEIVER, ChannelLayout.RINGS_IN_USE, EPOCHS, EPOCHS + 8));
    }

    private static LongStream wordsOfTheRings() {
        return LongStream.of(
                        ChannelLayout.SENDER,
                        ChannelLayout.TAIL,
                        ChannelLayout.HEAD,
                        ChannelLayout.HANDLED)
                .flatMap(at -> LongStream.of(LAYOUT.words(0) + at, LAYOUT.words(1) + at));
    }

    @Test
    void everyWord() throws Exception {
        for (long at : LongStream.concat(wordsOfTheHeader(), wordsOfTheRings()).toArray()) {
            for (long garbage : Damaged.GARBAGE) {
                if (!Damaged.isUnfinished(at, garbage)) {
                    damage(at, garbage);
                }
            }
        }
    }

    private static void damage(long at, long garbage) throws Exception {
        try (Ends ends = new Ends(OPTIONS, false);
                Receiver receiver = ends.openReceiver();
                SharedMemory memory = ends.memory()) {
            use(ends.sender());
            use(receiver);
            use(ends.sender());
            Damaged.write(memory.segment(), at, garbage);
            use(ends.sender());
            use(receiver);
            typedErrorsOnly(() -> {
                try (Sender other = ends.openSender()) {
                    use(other);
                    use(receiver);
                }
            });
            receiver.close();
            typedErrorsOnly(() -> {
                try (Receiver other = ends.openReceiver()) {
                    use(other);
                }
            });
        }
    }

    private static void use(Sender sender) throws Exception {
        Damaged.use(sender);
        typedErrorsOnly(sender::receiver);
    }

    private static void use(Receiver receiver) throws Exception {
        Damaged.use(receiver);
        for (int i = 0; i < receiver.senders(); i++) {
            int sender = i;
            typedErrorsOnly(() -> receiver.sender(sender));
        }
    }

    @Test
    void incompleteChannelsAreRefused() throws Exception {
        try (Ends ends = new Ends(OPTIONS, false);
                SharedMemory memory = ends.memory()) {
            memory.segment().set(JAVA_INT, Damaged.VERSION, 0);
            assertThrows(IncompatibleException.class, ends::openReceiver);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, 3, 4, CAPACITY + 8, Long.MAX_VALUE, Long.MIN_VALUE})
    void positionsThatCannotBeAreTold(long position) throws Exception {
        long words = LAYOUT.words(0);
        for (long at : new long[] {ChannelLayout.TAIL, ChannelLayout.HEAD, ChannelLayout.HANDLED}) {
            try (Ends ends = new Ends(OPTIONS, false);
                    SharedMemory memory = ends.memory()) {
                while (ends.sender().trySend(ByteBuffer.allocate(56))) {}
                ends.sender().close();
                memory.segment().set(JAVA_LONG, words + at, position);
                if (at != ChannelLayout.HANDLED) {
                    assertThrows(IncompatibleException.class, ends::openSender);
                }
                assertThrows(
                        IncompatibleException.class,
                        () -> {
                            try (Receiver receiver = ends.openReceiver()) {
                                receiver.poll((memory_, offset, length) -> {}, 1);
                            }
                        });
            }
        }
    }

    /** A sender that waits for room does not wait for what will never be. */
    @ParameterizedTest
    @ValueSource(longs = {-8, 3, CAPACITY + 8, Long.MAX_VALUE, Long.MIN_VALUE})
    void waitingSendersAreTold(long head) throws Exception {
        try (Ends ends = new Ends(OPTIONS, false);
                SharedMemory memory = ends.memory()) {
            while (ends.sender().trySend(ByteBuffer.allocate(56))) {}
            memory.segment().set(JAVA_LONG, LAYOUT.words(0) + ChannelLayout.HEAD, head);
            assertThrows(
                    IncompatibleException.class, () -> ends.sender().send(ByteBuffer.allocate(56)));
            assertTrue(ends.sender().tryClaim(56) < 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void recordsThatCannotBeAreTold(int kind) throws Exception {
        for (int length :
                new int[] {-1, 57, 1025, CAPACITY - 7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            try (Ends ends = new Ends(OPTIONS, false);
                    Receiver receiver = ends.openReceiver();
                    SharedMemory memory = ends.memory()) {
                ends.sender().trySend(ByteBuffer.allocate(56));
                memory.segment().set(JAVA_INT, LAYOUT.start(0), length);
                memory.segment().set(JAVA_INT, LAYOUT.start(0) + 4, kind);
                for (int i = 0; i < 2; i++) {
                    assertThrows(
                            IncompatibleException.class,
                            () -> receiver.poll((memory_, offset, got) -> {}, 1));
                }
            }
        }
    }
}
