// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

/**
 * Where a victim ends itself, without a word: as if it were killed exactly there.
 *
 * @param name the place, in the words of those who pass it
 * @param passages how often it comes there
 */
record CrashPoint(String name, long passages) {
    private static final CrashPoint NEVER = new CrashPoint("", -1);

    /** Which status {@code kill -9} gives in a shell. */
    private static final int KILLED = 137;

    /** Reads {@code NAME PASSAGES}, if these words are there. */
    static CrashPoint of(Mechanism.Words words, int index) {
        return words.words().length > index + 1
                ? new CrashPoint(words.text(index), words.big(index + 1))
                : NEVER;
    }

    /** Counts the passages; the last one is the end. */
    static final class Counter {
        private final CrashPoint point;
        private long passed;

        Counter(CrashPoint point) {
            this.point = point;
        }

        void pass(String name) {
            if (point.name.equals(name) && ++passed == point.passages) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }
}
