// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.Damaged.typedErrorsOnly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.jvm.sys.ParticipantTable;
import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Whatever is in its memory, a topic answers with typed errors. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class TopicDamageTest {
    private static final int CAPACITY = 4096;
    private static final int PLACES = 2;
    private static final TopicLayout LAYOUT =
            new TopicLayout(
                    TopicOptions.DEFAULT
                            .withCapacity(CAPACITY)
                            .withMaxMessageSize(CAPACITY / 4)
                            .withSubscribers(PLACES));
    private static final long START = LAYOUT.byteSize() - CAPACITY - Layout.MARGIN;
    private static final long EPOCHS = LAYOUT.words(0) - ParticipantTable.BYTES;

    /** A topic with its publisher and a subscriber, and its memory as others see it. */
    private static final class Damageable implements AutoCloseable {
        private static final JvmTopicProvider PROVIDER = new JvmTopicProvider();

        final IpcName name = IpcName.of("test-" + UUID.randomUUID());
        final Publisher publisher;
        final Subscriber subscriber;
        final MemorySegment memory;
        private final SharedMemory shared;

        Damageable(SlowSubscriber slow) throws IpcException {
            publisher = PROVIDER.createPublisher(name, LAYOUT.options().withSlow(slow));
            subscriber = openSubscriber();
            shared = SharedMemory.open(IpcName.ofNative(publisher.nativeKey()));
            memory = shared.segment();
        }

        Publisher openPublisher() throws IpcException {
            return PROVIDER.openPublisher(name, Access.OWNER);
        }

        Subscriber openSubscriber() throws IpcException {
            return PROVIDER.openSubscriber(name, Access.OWNER);
        }

        Topic open() throws IpcException {
            return PROVIDER.open(name, Access.OWNER);
        }

        void forgetLandmarks(long instead) {
            for (int i = 0; i < TopicLayout.EIGHTHS; i++) {
                memory.set(JAVA_LONG, TopicLayout.LANDMARKS + i * 8L, instead);
            }
        }

        @Override
        public void close() throws IpcException {
            shared.close();
            subscriber.close();
            publisher.close();
            PROVIDER.remove(name);
        }
    }

    private static LongStream wordsOfTheHeader() {
        return LongStream.concat(
                LongStream.iterate(0, at -> at < 64, at -> at + 4),
                LongStream.of(EPOCHS, EPOCHS + 8));
    }

    private static LongStream otherWords() {
        return LongStream.of(
                TopicLayout.PUBLISHER,
                TopicLayout.PLACES_IN_USE,
                TopicLayout.TAIL,
                TopicLayout.HEAD,
                TopicLayout.LANDMARKS,
                TopicLayout.LANDMARKS + 8,
                TopicLayout.LANDMARKS + 24,
                LAYOUT.words(0) + TopicLayout.SUBSCRIBER,
                LAYOUT.words(1) + TopicLayout.SUBSCRIBER,
                LAYOUT.position(0),
                LAYOUT.position(1));
    }

    @Test
    void everyWordOfTheHeader() throws Exception {
        damageAll(SlowSubscriber.WAIT, wordsOfTheHeader());
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherWord(SlowSubscriber slow) throws Exception {
        damageAll(slow, otherWords());
    }

    private static void damageAll(SlowSubscriber slow, LongStream words) throws Exception {
        for (long at : words.toArray()) {
            for (long garbage : Damaged.GARBAGE) {
                if (!Damaged.isUnfinished(at, garbage)) {
                    damage(slow, at, garbage);
                }
            }
        }
    }

    private static void damage(SlowSubscriber slow, long at, long garbage) throws Exception {
        try (Damageable topic = new Damageable(slow)) {
            use(topic.publisher);
            use(topic.subscriber);
            use(topic.publisher);
            Damaged.write(topic.memory, at, garbage);
            use(topic.publisher);
            use(topic.subscriber);
            typedErrorsOnly(() -> {
                try (Subscriber other = topic.openSubscriber()) {
                    use(topic.publisher);
                    use(other);
                }
            });
            typedErrorsOnly(() -> look(topic));
            topic.publisher.close();
            typedErrorsOnly(() -> {
                try (Publisher other = topic.openPublisher()) {
                    use(other);
                    use(topic.subscriber);
                }
            });
        }
    }

    private static void use(Publisher publisher) throws Exception {
        Damaged.use(publisher);
        typedErrorsOnly(publisher::subscribers);
    }

    private static void use(Subscriber subscriber) throws Exception {
        Damaged.use(subscriber);
        typedErrorsOnly(subscriber::publisher);
        assertTrue(subscriber.missed() >= 0);
    }

    private static void look(Damageable damaged) throws Exception {
        try (Topic topic = damaged.open()) {
            topic.publisher();
            for (int i = 0; i < topic.subscribers(); i++) {
                int place = i;
                assertTrue(topic.unhandledBytes(i) >= 0);
                typedErrorsOnly(() -> topic.subscriber(place));
            }
        }
    }

    private static void fill(MessageSink publisher) throws IpcException {
        for (int i = 0; i < 100 && publisher.trySend(ByteBuffer.allocate(48)); i++) {}
    }

    /** A publisher without landmarks has no room ever, even if nobody has to be waited for. */
    @ParameterizedTest
    @EnumSource
    void publishersDoNotWaitForWhatWillNeverBe(SlowSubscriber slow) throws Exception {
        for (long instead : new long[] {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE}) {
            try (Damageable topic = new Damageable(slow)) {
                topic.subscriber.close();
                for (int i = 0; i < 100; i++) {
                    topic.publisher.send(ByteBuffer.allocate(48));
                }
                assertThrows(
                        IncompatibleException.class,
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                topic.forgetLandmarks(instead);
                                topic.publisher.send(ByteBuffer.allocate(1000));
                            }
                        });
                assertEquals(MessageSink.DAMAGED, topic.publisher.tryClaim(1000));
            }
        }
    }

    /** A subscriber that cannot be there is not waited for. */
    @ParameterizedTest
    @ValueSource(longs = {-16, 3, 8, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE})
    void positionsOfSubscribersThatCannotBeAreTold(long position) throws Exception {
        try (Damageable topic = new Damageable(SlowSubscriber.WAIT)) {
            fill(topic.publisher);
            topic.memory.set(JAVA_LONG, LAYOUT.position(0), position);
            assertThrows(
                    IncompatibleException.class,
                    () -> topic.publisher.send(ByteBuffer.allocate(48)));
            assertEquals(MessageSink.DAMAGED, topic.publisher.tryClaim(48));
        }
    }

    @ParameterizedTest
    @EnumSource
    void positionsThatCannotBeAreTold(SlowSubscriber slow) throws Exception {
        for (long position : new long[] {-16, 3, 8, Long.MAX_VALUE, Long.MIN_VALUE}) {
            for (long at : new long[] {TopicLayout.TAIL, TopicLayout.HEAD}) {
                try (Damageable topic = new Damageable(slow)) {
                    fill(topic.publisher);
                    topic.publisher.close();
                    topic.memory.set(JAVA_LONG, at, position);
                    assertThrows(IncompatibleException.class, topic::openPublisher);
                    if (at == TopicLayout.TAIL) {
                        assertThrows(
                                IncompatibleException.class,
                                () -> topic.subscriber.poll((memory, offset, length) -> {}, 1));
                        assertThrows(IncompatibleException.class, topic::openSubscriber);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsThatCannotBeAreTold(SlowSubscriber slow) throws Exception {
        for (int kind : new int[] {1, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            for (int length :
                    new int[] {-1, 57, 1025, CAPACITY - 15, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                try (Damageable topic = new Damageable(slow)) {
                    topic.publisher.trySend(ByteBuffer.allocate(48));
                    topic.memory.set(JAVA_INT, START, length);
                    topic.memory.set(JAVA_INT, START + 4, kind);
                    for (int i = 0; i < 2; i++) {
                        assertThrows(
                                IncompatibleException.class,
                                () -> topic.subscriber.poll((memory, offset, got) -> {}, 1));
                    }
                }
            }
        }
    }

    /** Nobody has missed more messages than there is room for in what was overtaken. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 1 << 10, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void moreMissedThanWasOvertakenIsTold(long sequence) throws Exception {
        try (Damageable topic = new Damageable(SlowSubscriber.OVERWRITE)) {
            fill(topic.publisher);
            long head = topic.memory.get(JAVA_LONG, TopicLayout.HEAD);
            assertTrue(head > 0, "it is overtaken");
            long oldest = START + head % CAPACITY;
            topic.memory.set(JAVA_LONG, oldest + TopicLayout.SEQUENCE, sequence);
            for (int i = 0; i < 2; i++) {
                assertThrows(
                        IncompatibleException.class,
                        () -> topic.subscriber.poll((memory, offset, length) -> {}, 1));
            }
            assertEquals(0, topic.subscriber.missed());
        }
    }

    /** The sequence of a message that was not overtaken is the next one. */
    @ParameterizedTest
    @EnumSource
    void anotherSequenceIsTold(SlowSubscriber slow) throws Exception {
        try (Damageable topic = new Damageable(slow)) {
            topic.publisher.trySend(ByteBuffer.allocate(48));
            topic.memory.set(JAVA_LONG, START + TopicLayout.SEQUENCE, 1);
            assertThrows(
                    IncompatibleException.class,
                    () -> topic.subscriber.poll((memory, offset, length) -> {}, 1));
        }
    }
}
