// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/**
 * One writer. What is unexpected is counted when it arrives, and looked at when somebody asks: a
 * call in the loop that handles messages, though it is hardly ever made, has the compiler keep in
 * memory what the whole loop needs.
 */
final class TallyOfOne extends Tally {
    private long expected;
    private long unexpected;
    private long count;

    /** The number of the first message of this round. */
    private long first;

    @Override
    void begin(int writers) {
        super.begin(writers);
        first = expected;
        count = 0;
    }

    @Override
    void arrived(long number) {
        long difference = number ^ expected;
        unexpected += (difference | -difference) >>> Long.SIZE - 1; // 1 if there is any
        expected = number + 1;
        count++;
    }

    /** Only the end may be unexpected. It is the last to come, since its writer waits then. */
    private void settle() {
        if (unexpected != 0) {
            long number = last();
            expected = first + --count;
            if (unexpected != 1 || !isEnd(number)) {
                throw lost(number, expected);
            }
            unexpected = 0;
            end();
        }
    }

    @Override
    boolean isEnded() {
        settle();
        return super.isEnded();
    }

    @Override
    long last() {
        return expected - 1;
    }

    @Override
    long count() {
        settle();
        return count;
    }
}
