// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.queue.QueueRecords.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/** Sends and receives in private memory, against a model, and dies at every step. */
class QueueRecordsTest {
    private static final IpcName NAME = IpcName.of("records");
    private static final QueueLayout LAYOUT = new QueueLayout(7, 24);

    private final MemorySegment memory = Arena.ofAuto().allocate(LAYOUT.byteSize(), 8);
    private final QueueRecords records = fresh();

    /** The messages that should be there, by priority. */
    private final List<Deque<Long>> model = new ArrayList<>();

    QueueRecordsTest() throws IncompatibleException {
        records.rebuild();
        for (int i = 0; i < QueueLayout.PRIORITIES; i++) {
            model.add(new ArrayDeque<>());
        }
    }

    private static final class Death extends Error {}

    /** Dies when a step is reached for the n-th time. */
    private final class Mortal extends QueueRecords {
        private final Step last;
        private int left;

        Mortal(Step last, int times) {
            super(NAME, memory, LAYOUT);
            this.last = last;
            this.left = times;
        }

        @Override
        void reached(Step step) {
            if (step == last && --left == 0) {
                throw new Death();
            }
        }
    }

    private QueueRecords fresh() {
        return new QueueRecords(NAME, memory, LAYOUT);
    }

    private boolean send(QueueRecords sender, long value, int priority)
            throws IncompatibleException {
        if (!sender.claim(priority)) {
            return false;
        }
        memory.set(ValueLayout.JAVA_LONG, sender.payload(), value);
        sender.commit(8);
        return true;
    }

    /** Returns the message, or -1. */
    private long receive(QueueRecords receiver) throws IncompatibleException {
        if (!receiver.first()) {
            return -1;
        }
        assertEquals(8, receiver.length());
        long value = memory.get(ValueLayout.JAVA_LONG, receiver.payload());
        receiver.consume();
        return value;
    }

    private long receiveFromModel() {
        for (int p = QueueLayout.PRIORITIES - 1; p >= 0; p--) {
            if (!model.get(p).isEmpty()) {
                return model.get(p).remove();
            }
        }
        return -1;
    }

    private int modelSize() {
        return model.stream().mapToInt(Deque::size).sum();
    }

    private void requireEqualToModel() throws IncompatibleException {
        assertEquals(modelSize(), records.count());
        while (modelSize() > 0) {
            assertEquals(receiveFromModel(), receive(records));
        }
        assertEquals(-1, receive(records));
        for (int i = 0; i < LAYOUT.capacity(); i++) {
            assertTrue(send(records, i, 0), "every slot is free again");
        }
        assertFalse(send(records, 0, 0));
    }

    private void doSomething(Random random, long value) throws IncompatibleException {
        int priority = random.nextInt(3) * 15 + random.nextInt(2); // up to 31
        if (random.nextBoolean()) {
            assertEquals(modelSize() < LAYOUT.capacity(), send(records, value, priority));
            if (modelSize() < LAYOUT.capacity()) {
                model.get(priority).add(value);
            }
        } else {
            assertEquals(receiveFromModel(), receive(records));
        }
    }

    @Test
    void behavesLikeTheModel() throws IncompatibleException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            doSomething(random, i);
            assertEquals(modelSize(), records.count());
            if (i % 100 == 0) {
                fresh().rebuild(); // changes nothing that can be seen
            }
        }
        requireEqualToModel();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void deathAtAnyStepLosesAndDoublesNothing(Step step) throws IncompatibleException {
        for (int seed = 0; seed < 300; seed++) {
            memory.fill((byte) 0);
            records.rebuild();
            model.forEach(Deque::clear);
            Random random = new Random(seed);
            for (int i = random.nextInt(40); i > 0; i--) {
                doSomething(random, i);
            }
            die(step, random);
            fresh().rebuild();
            requireEqualToModel();
        }
    }

    /** Lets a process die at a step, and the model do what was done by then. */
    private void die(Step step, Random random) throws IncompatibleException {
        Mortal mortal =
                new Mortal(step, step.name().startsWith("REBUILD") ? 1 + random.nextInt(4) : 1);
        try {
            if (step.name().startsWith("SEND")) {
                send(mortal, 4711, 15);
            } else if (step.name().startsWith("RECEIVE")) {
                receive(mortal);
            } else {
                mortal.rebuild();
            }
        } catch (Death e) {
            if (step.name().startsWith("SEND") && step != Step.SEND_WRITTEN) {
                model.get(15).add(4711L);
            } else if (step.name().startsWith("RECEIVE")) {
                receiveFromModel();
            }
        }
    }

    @Test
    void everyStepIsReached() throws IncompatibleException {
        EnumSet<Step> missing = EnumSet.allOf(Step.class);
        QueueRecords observed =
                new QueueRecords(NAME, memory, LAYOUT) {
                    @Override
                    void reached(Step step) {
                        missing.remove(step);
                    }
                };
        send(observed, 1, 1);
        observed.rebuild();
        receive(observed);
        assertEquals(EnumSet.noneOf(Step.class), missing);
    }

    @Test
    void garbageIsToldAndNeverFollowed() throws IncompatibleException {
        Random random = new Random(7);
        int told = 0;
        for (int round = 0; round < 30_000; round++) {
            memory.fill((byte) 0);
            records.rebuild();
            for (int i = random.nextInt(9); i > 0; i--) {
                send(records, i, i);
            }
            for (int i = 0; i <= random.nextInt(3); i++) {
                long at = 128 + random.nextLong(LAYOUT.byteSize() - 128 - 8) & -4;
                at =
                        at >= QueueLayout.EPOCHS && at < QueueLayout.SLOTS
                                ? QueueLayout.COUNT + at % 320 & -4
                                : at;
                int garbage = random.nextBoolean() ? random.nextInt(-3, 12) : random.nextInt();
                memory.set(ValueLayout.JAVA_INT, at, garbage);
            }
            try {
                for (int i = 0; i < 10; i++) {
                    records.first();
                    if (records.claim(3)) {
                        records.commit(24);
                    }
                    if (records.first()) {
                        assertTrue(records.length() >= 0 && records.length() <= 24);
                        records.consume();
                    }
                }
                records.rebuild();
            } catch (IncompatibleException e) {
                told++;
                assertDoesNotHang();
            }
        }
        assertTrue(told > 1000, "told " + told);
    }

    private void assertDoesNotHang() {
        try {
            records.rebuild();
        } catch (IncompatibleException e) {
            assertThrows(IncompatibleException.class, records::rebuild, "still damaged");
        }
    }
}
