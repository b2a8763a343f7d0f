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
 * Somebody subscribes while messages are published into a ring that is full for the others: from
 * the first message that it sees on, it sees all.
 */
@JCStressTest
@Outcome(id = "56, 123456", expect = Expect.ACCEPTABLE, desc = "it came first")
@Outcome(id = "6, 123456", expect = Expect.ACCEPTABLE, desc = "it came in between")
@Outcome(id = ", 123456", expect = Expect.ACCEPTABLE, desc = "it came last")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, lost or doubled")
@State
public class TopicSubscribing {
    private final TopicEnds ends = TopicEnds.takeFull(SlowSubscriber.WAIT);
    private final String before = ends.seenByFirst(2);
    private String seen;

    /** Publishes into the room that there is for the old subscriber, if nobody holds it. */
    @Actor
    public void publisher() {
        while (!ends.publish(TopicEnds.QUARTER, 5)) {
            Thread.onSpinWait();
        }
        while (!ends.publish(TopicEnds.QUARTER, 6)) {
            Thread.onSpinWait();
        }
    }

    /** Subscribes. */
    @Actor
    public void subscriber() {
        seen = ends.subscribeAnew();
    }

    /** Sees the rest. */
    @Arbiter
    public void rest(LL_Result r) {
        r.r1 = (seen + ends.drainSecond()).replace("-", "");
        r.r2 = before + ends.drainFirst();
        ends.giveBack();
    }
}
