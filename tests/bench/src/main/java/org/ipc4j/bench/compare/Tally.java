// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/** The numbers of each writer's messages follow each other. */
final class Tally extends Account {
    private final long[] next;
    private long expected;
    private long count;

    /** Will hear from so many writers. */
    Tally(int writers) {
        next = new long[writers];
        for (int i = 0; i < writers; i++) {
            next[i] = first(i);
        }
    }

    @Override
    void begin(int writers) {
        super.begin(writers);
        count = 0;
    }

    @Override
    void arrived(long number) {
        if (number != expected) {
            if (isEnd(number)) {
                end();
                return;
            }
            turnTo(number);
        }
        expected = number + 1;
        count++;
    }

    /** It may be another writer's turn. */
    private void turnTo(long number) {
        next[writer(expected)] = expected;
        if (writer(number) >= next.length || next[writer(number)] != number) {
            throw new IllegalStateException(
                    "message %x came when %x was expected".formatted(number, expected));
        }
    }

    /** The number of the last message. */
    long last() {
        return expected - 1;
    }

    /** How many messages came in this round, without the ends. */
    long count() {
        return count;
    }
}
