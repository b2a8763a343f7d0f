// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A claim that made a gap and was given up takes the gap back, and a short message fits there. */
@JCStressTest
@Outcome(id = "-, 12", expect = Expect.ACCEPTABLE, desc = "they come later")
@Outcome(id = "12, -", expect = Expect.ACCEPTABLE, desc = "they are there, both")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "the gap or the aborted message was seen, or others are torn, lost, doubled, in"
                        + " parts")
@State
public class AbortBehindGap {
    private final Ends ends = Ends.takeAt(Ends.CAPACITY - 64);

    /** Sends. */
    @Actor
    public void sender() {
        ends.stage(Ends.SHORT, 1);
        ends.claim(Ends.WORDS, 9);
        ends.first().abort();
        ends.send(Ends.SHORT, 2);
    }

    /** Receives. */
    @Actor
    public void receiver(LL_Result r) {
        r.r1 = ends.receive(8);
    }

    /** Receives the rest. */
    @Arbiter
    public void rest(LL_Result r) {
        r.r2 = ends.drain();
    }
}
