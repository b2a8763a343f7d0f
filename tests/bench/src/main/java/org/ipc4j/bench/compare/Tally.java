// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/** The numbers of each writer's messages follow each other. */
abstract class Tally extends Account {
    /** Will hear from so many writers. */
    static Tally of(int writers) {
        return writers == 1 ? new TallyOfOne() : new TallyOfMany(writers);
    }

    /** The number of the last message. */
    abstract long last();

    /** How many messages came in this round, without the ends. */
    abstract long count();
}
