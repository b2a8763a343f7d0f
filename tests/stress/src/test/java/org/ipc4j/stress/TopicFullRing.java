// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.ipc4j.channel.SlowSubscriber;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A full ring of a publisher that waits: room is used again only when both subscribers have seen
 * what is there.
 */
@JCStressTest
@Outcome(id = "full, 1-1, 234-234", expect = Expect.ACCEPTABLE, desc = "no room yet")
@Outcome(
        id = "sent, 1-1, 2345-2345",
        expect = Expect.ACCEPTABLE,
        desc = "into the room of the first")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "a message was overwritten before both had seen it, or is lost or doubled")
@State
public class TopicFullRing {
    private final TopicEnds ends = TopicEnds.takeFull(SlowSubscriber.WAIT);
    private String first;
    private String second;

    /** Publishes, if there is room. */
    @Actor
    public void publisher(LLL_Result r) {
        r.r1 = ends.publish(TopicEnds.QUARTER, 5) ? "sent" : "full";
    }

    /** Makes room, for one subscriber and then for the other. */
    @Actor
    public void subscribers() {
        first = ends.seenByFirst(1);
        second = ends.seenBySecond(1);
    }

    /** Sees the rest. */
    @Arbiter
    public void rest(LLL_Result r) {
        r.r2 = first + "-" + second;
        r.r3 = ends.drainFirst() + "-" + ends.drainSecond();
        ends.giveBack();
    }
}
