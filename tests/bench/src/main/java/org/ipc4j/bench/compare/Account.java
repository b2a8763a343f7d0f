// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/** Is told the numbers of all messages that arrive, and finds that none is lost or comes twice. */
abstract class Account {
    /** The number of the message that ends a round, in its lower 56 bits; see {@link #first}. */
    private static final int WRITER_SHIFT = 56;

    static final long END = (1L << WRITER_SHIFT) - 1;

    private int endsToCome;

    /** The number of a writer's first message. */
    static long first(int writer) {
        return (long) writer << WRITER_SHIFT;
    }

    static int writer(long number) {
        return (int) (number >>> WRITER_SHIFT);
    }

    static boolean isEnd(long number) {
        return (number & END) == END;
    }

    /** Begins a round that lasts until so many writers have sent their ends. */
    void begin(int writers) {
        endsToCome = writers;
    }

    boolean isEnded() {
        return endsToCome == 0;
    }

    final void end() {
        endsToCome--;
    }

    /** What is thrown when a message does not come, or comes twice. */
    static IllegalStateException lost(long came, long expected) {
        return new IllegalStateException(
                "message %x came when %x was expected".formatted(came, expected));
    }

    /** A message has arrived. */
    abstract void arrived(long number);
}
