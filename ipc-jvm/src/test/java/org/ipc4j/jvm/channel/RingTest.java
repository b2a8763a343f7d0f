// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;

/** The rings, by a class of the channel's own and by the plain class; and what the dead left. */
class RingTest {
    private static final int CAPACITY = 4096;
    private static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT.withCapacity(CAPACITY).withMaxMessageSize(CAPACITY / 4);
    private static final ChannelLayout LAYOUT = new ChannelLayout(OPTIONS);
    private static final long WORDS = LAYOUT.words(0);

    private static int drain(Receiver receiver) throws IpcException {
        int all = 0;
        int some;
        do {
            some = receiver.poll((memory, offset, length) -> {}, Integer.MAX_VALUE);
            all += some;
        } while (some > 0);
        return all;
    }

    private static int fill(Sender sender) throws IpcException {
        int sent = 0;
        while (sender.trySend(ByteBuffer.allocate(56))) {
            sent++;
        }
        return sent;
    }

    @ParameterizedTest(name = "special: {0}")
    @ValueSource(booleans = {true, false})
    void bothClassesKeepEveryByte(boolean special) throws Exception {
        try (Ends ends = new Ends(OPTIONS, special);
                Receiver receiver = ends.openReceiver()) {
            Sender sender = ends.sender();
            Random random = new Random(1);
            Queue<byte[]> sent = new ArrayDeque<>();
            int received = 0;
            while (received < 30_000) {
                byte[] message = new byte[random.nextInt(CAPACITY / 4 + 1)];
                random.nextBytes(message);
                long offset = sender.tryClaim(message.length);
                if (offset >= 0) {
                    MemorySegment.copy(
                            message, 0, sender.memory(), JAVA_BYTE, offset, message.length);
                    if (random.nextInt(4) == 0) {
                        sender.abort();
                    } else {
                        sender.stage();
                        sent.add(message);
                    }
                }
                if (random.nextInt(3) == 0) {
                    sender.publish();
                }
                received +=
                        receiver.poll(
                                (memory, at, length) ->
                                        assertArrayEquals(
                                                sent.remove(),
                                                memory.asSlice(at, length).toArray(JAVA_BYTE)),
                                random.nextInt(4));
            }
            sender.publish();
            assertEquals(sent.size(), drain(receiver));
        }
    }

    @ParameterizedTest(name = "special: {0}")
    @ValueSource(booleans = {true, false})
    void bothClassesRefuseWhenClosed(boolean special) throws Exception {
        try (Ends ends = new Ends(OPTIONS, special)) {
            Receiver receiver = ends.openReceiver();
            receiver.close();
            assertThrows(IllegalStateException.class, () -> drain(receiver));
            ends.sender().tryClaim(8);
            ends.sender().close();
            assertThrows(IllegalStateException.class, ends.sender()::commit);
            assertThrows(IllegalStateException.class, ends.sender()::abort);
            assertThrows(IllegalStateException.class, () -> ends.sender().tryClaim(8));
        }
    }

    /** It had handled everything, and died before it gave the room back. */
    @Test
    void roomThatADeadReceiverOwedIsGivenBack() throws Exception {
        try (Ends ends = new Ends(OPTIONS, true);
                SharedMemory memory = ends.memory()) {
            Sender sender = ends.sender();
            assertEquals(CAPACITY / 64, fill(sender));
            memory.segment().set(JAVA_LONG, WORDS + ChannelLayout.HANDLED, CAPACITY);
            try (Receiver next = ends.openReceiver()) {
                assertEquals(0, drain(next));
                assertEquals(CAPACITY / 64, fill(sender));
                assertEquals(CAPACITY / 64, drain(next));
            }
        }
    }

    /** It had handled some of a batch. */
    @Test
    void theNextReceiverGoesOnWhereADeadOneWas() throws Exception {
        try (Ends ends = new Ends(OPTIONS, true);
                SharedMemory memory = ends.memory()) {
            fill(ends.sender());
            memory.segment().set(JAVA_LONG, WORDS + ChannelLayout.HANDLED, 10 * 64);
            try (Receiver next = ends.openReceiver()) {
                assertEquals(10, fill(ends.sender()));
                assertEquals(CAPACITY / 64, drain(next));
            }
        }
    }

    /** It had written behind its tail. */
    @Test
    void whatTheLastSenderHadNotSentIsNotThere() throws Exception {
        try (Ends ends = new Ends(OPTIONS, true);
                Receiver receiver = ends.openReceiver()) {
            for (int i = 0; i < 300; i++) {
                ends.sender().close();
                try (Sender last = ends.openSender()) {
                    assertTrue(last.trySend(ByteBuffer.allocate(i)));
                    last.tryClaim(1000);
                    last.stage();
                    last.tryClaim(900);
                }
                try (Sender next = ends.openSender()) {
                    assertTrue(next.trySend(ByteBuffer.allocate(i)));
                }
                int length = i;
                assertEquals(2, receiver.poll((m, o, l) -> assertEquals(length, l), 10));
            }
        }
    }

    /** A word of an earlier epoch, or of a participant that nobody is, is nobody's who lives. */
    @Test
    void seatsOfTheDeadAreTaken() throws Exception {
        try (Ends ends = new Ends(OPTIONS, true);
                SharedMemory memory = ends.memory()) {
            for (long dead : new long[] {5L << 16 | 1, 1L << 16 | 9, 77, Long.MAX_VALUE}) {
                memory.segment().set(JAVA_LONG, ChannelLayout.RECEIVER, dead);
                assertEquals(Presence.DIED, ends.sender().receiver());
                ends.openReceiver().close();
                assertEquals(Presence.CLOSED, ends.sender().receiver());
            }
        }
    }

    @Test
    void refusedEndsLeaveNoSeatTaken() throws Exception {
        try (Ends ends = new Ends(OPTIONS.withSenders(2), true);
                SharedMemory memory = ends.memory()) {
            long words = new ChannelLayout(OPTIONS.withSenders(2)).words(1);
            for (int i = 0; i < 5; i++) {
                memory.segment().set(JAVA_LONG, words + ChannelLayout.TAIL, 3);
                assertThrows(IncompatibleException.class, ends::openSender);
                assertThrows(IncompatibleException.class, () -> drainOnce(ends.openReceiver()));
                memory.segment().set(JAVA_LONG, words + ChannelLayout.TAIL, 0);
            }
            try (Sender sender = ends.openSender();
                    Receiver receiver = ends.openReceiver()) {
                assertTrue(sender.trySend(ByteBuffer.allocate(1)));
                assertEquals(1, drain(receiver));
                assertThrows(ResourceLimitException.class, ends::openSender);
            }
        }
    }

    private static void drainOnce(Receiver receiver) throws IpcException {
        try (receiver) {
            drain(receiver);
        }
    }

    /** A gap that is published without the message behind it. */
    @ParameterizedTest(name = "special: {0}")
    @ValueSource(booleans = {true, false})
    void aGapIsNoMessage(boolean special) throws Exception {
        try (Ends ends = new Ends(OPTIONS.withSenders(2), special);
                Sender other = ends.openSender();
                Receiver receiver = ends.openReceiver()) {
            for (int length : new int[] {1016, 1016, 1016, 504}) {
                other.send(ByteBuffer.allocate(length));
            }
            assertEquals(4, drain(receiver));
            ends.sender().send(ByteBuffer.allocate(1));
            assertEquals(1, drain(receiver));

            assertTrue(other.tryClaim(1000) >= 0);
            other.publish();
            assertEquals(0, drain(receiver));
            assertEquals(0, receiver.sender());
            assertEquals(ends.sender().position(), receiver.position());

            other.commit();
            assertEquals(1, drain(receiver));
            assertEquals(1, receiver.sender());
            assertEquals(CAPACITY, receiver.position());
        }
    }
}
