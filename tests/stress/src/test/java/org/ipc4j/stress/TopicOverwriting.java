// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.ipc4j.channel.SlowSubscriber;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A full ring of a publisher that overwrites: who reads just there sees the old message whole, or
 * goes on behind it and knows how many it has missed.
 */
@JCStressTest
@Outcome(id = "12345, 0", expect = Expect.ACCEPTABLE, desc = "it was faster")
@Outcome(id = "2345, 1", expect = Expect.ACCEPTABLE, desc = "it was slower")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, lost without a word, or doubled")
@State
public class TopicOverwriting {
    private final TopicEnds ends = TopicEnds.takeFull(SlowSubscriber.OVERWRITE);
    private final long missed = ends.missedByFirst();
    private String seen;

    /** Publishes into the room of the oldest message. */
    @Actor
    public void publisher() {
        ends.publish(TopicEnds.QUARTER, 5);
    }

    /** Sees that one, or what comes after it. */
    @Actor
    public void subscriber() {
        seen = ends.seenByFirst(1);
    }

    /** Sees the rest. */
    @Arbiter
    public void rest(LL_Result r) {
        r.r1 = seen + ends.drainFirst();
        r.r2 = ends.missedByFirst() - missed;
        ends.drainSecond();
        ends.giveBack();
    }
}
