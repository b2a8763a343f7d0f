// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A claim that makes a gap and is not committed: nothing of it is seen. */
@JCStressTest
@Outcome(id = "-, 1", expect = Expect.ACCEPTABLE, desc = "it comes later")
@Outcome(id = "1, -", expect = Expect.ACCEPTABLE, desc = "only what was committed")
@Outcome(expect = Expect.FORBIDDEN, desc = "the gap or the claim was seen")
@State
public class ClaimOnly {
    private final Ends ends = Ends.takeAt(Ends.CAPACITY - 64);

    /** Sends. */
    @Actor
    public void sender() {
        ends.send(Ends.SHORT, 1);
        ends.claim(Ends.WORDS, 9);
    }

    /** Receives. */
    @Actor
    public void receiver(LL_Result r) {
        r.r1 = ends.receive(8);
    }

    /** Receives the rest. */
    @Arbiter
    public void rest(LL_Result r) {
        ends.first().abort();
        r.r2 = ends.drain();
    }
}
