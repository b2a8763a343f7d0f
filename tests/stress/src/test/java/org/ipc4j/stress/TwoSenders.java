// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two senders and a receiver: each message arrives once. */
@JCStressTest
@Outcome(
        id = {"-, 12", "-, 21"},
        expect = Expect.ACCEPTABLE,
        desc = "both come later")
@Outcome(
        id = {"1, 2", "2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one comes later")
@Outcome(
        id = {"12, -", "21, -"},
        expect = Expect.ACCEPTABLE,
        desc = "both are there")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, lost or doubled")
@State
public class TwoSenders {
    private final Ends ends = Ends.take();

    /** Sends by the first ring. */
    @Actor
    public void first() {
        ends.send(Ends.WORDS, 1);
    }

    /** Sends by the second ring. */
    @Actor
    public void second() {
        ends.sendBySecond(Ends.WORDS, 2);
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
