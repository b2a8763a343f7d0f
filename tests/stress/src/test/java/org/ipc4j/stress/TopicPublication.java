// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.ipc4j.channel.SlowSubscriber;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** One message: each of two subscribers sees it whole or not at all, and in the end both have. */
@JCStressTest
@Outcome(
        id = {"1, -, 1, -", "-, 1, 1, -", "-, 1, -, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "each sees it once, now or later")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, lost or doubled")
@State
public class TopicPublication {
    private final TopicEnds ends = TopicEnds.take(SlowSubscriber.WAIT);

    /** Publishes. */
    @Actor
    public void publisher() {
        ends.publish(TopicEnds.WORDS, 1);
    }

    /** Sees, as one subscriber and then as the other. */
    @Actor
    public void subscribers(LLLL_Result r) {
        r.r1 = ends.seenByFirst(8);
        r.r3 = ends.seenBySecond(8);
    }

    /** Sees the rest. */
    @Arbiter
    public void rest(LLLL_Result r) {
        r.r2 = ends.drainFirst();
        r.r4 = ends.drainSecond();
        ends.giveBack();
    }
}
