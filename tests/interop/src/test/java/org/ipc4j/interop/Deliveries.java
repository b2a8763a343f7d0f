// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks what receivers got, one after the other: of each sender every message once and in order.
 * Only the one that a dead receiver had in its hand may come again, to the next one, as the same
 * sender and position say; or, if it was being copied, not at all.
 *
 * <p>A message's number begins with its sender's index, in the upper half.
 */
final class Deliveries {
    private static final int HALF = 32;

    /** What one receiver got. */
    record Delivery(long place, long sequence) {
        int sender() {
            return (int) (sequence >>> HALF);
        }

        long number() {
            return sequence & (1L << HALF) - 1;
        }
    }

    /** What may happen to the next message, after a death. */
    enum InHand {
        /** Nothing. */
        NONE,
        /** It may come again. */
        HANDLED,
        /** It may be gone. */
        COPIED
    }

    private final long[] next;
    private final long[] lastPlace;
    private Delivery last;
    private InHand inHand = InHand.NONE;
    private int doubled;
    private int gone;

    Deliveries(int senders) {
        this.next = new long[senders];
        this.lastPlace = new long[senders];
        Arrays.fill(lastPlace, -1);
    }

    static long sequence(int sender, long number) {
        return (long) sender << HALF | number;
    }

    /** Reads what a receiver said until it died. */
    static List<Delivery> of(Victim receiver) {
        List<Long> places = receiver.values('p');
        List<Long> sequences = receiver.values('R');
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            deliveries.add(new Delivery(places.get(i), sequences.get(i)));
        }
        return deliveries;
    }

    /**
     * Checks what the next receiver got.
     *
     * @param end what it had in its hand when it ended
     */
    void add(List<Delivery> deliveries, InHand end) {
        for (Delivery delivery : deliveries) {
            add(delivery);
        }
        last = deliveries.isEmpty() ? null : deliveries.getLast();
        inHand = end;
    }

    private void add(Delivery delivery) {
        int sender = delivery.sender();
        if (delivery.number() != next[sender]) {
            if (inHand == InHand.HANDLED && delivery.number() == next[sender] - 1) {
                assertEquals(last, delivery, "doubled, and it was in nobody's hand");
                doubled++;
                inHand = InHand.NONE;
                return;
            }
            if (inHand == InHand.COPIED && delivery.number() == next[sender] + 1) {
                gone++;
                inHand = InHand.NONE;
            } else {
                assertEquals(next[sender], delivery.number(), "lost, doubled or out of order");
            }
        }
        assertTrue(
                delivery.place() > lastPlace[sender],
                () -> "two messages of one position: " + delivery);
        lastPlace[sender] = delivery.place();
        next[sender] = delivery.number() + 1;
    }

    /**
     * Checks what one subscriber got: from the first message on all, in order.
     *
     * @param mayMiss whether some may be missing all the same
     */
    static void requireInOrder(List<Delivery> deliveries, boolean mayMiss) {
        for (int i = 1; i < deliveries.size(); i++) {
            Delivery last = deliveries.get(i - 1);
            Delivery next = deliveries.get(i);
            long skipped = next.sequence() - last.sequence() - 1;
            assertTrue(skipped == 0 || skipped > 0 && mayMiss, () -> next + " after " + last);
            assertTrue(next.place() > last.place(), "two messages of one position");
        }
    }

    /** How many messages of a sender there were. */
    long count(int sender) {
        return next[sender];
    }

    /** How many came again. */
    int doubled() {
        return doubled;
    }

    /** How many went down with their receivers. */
    int gone() {
        return gone;
    }
}
