// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/** Several writers, whose messages come in turns. */
final class TallyOfMany extends Tally {
    private final long[] next;
    private long expected;
    private long count;

    TallyOfMany(int writers) {
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
            throw lost(number, expected);
        }
    }

    @Override
    long last() {
        return expected - 1;
    }

    @Override
    long count() {
        return count;
    }
}
