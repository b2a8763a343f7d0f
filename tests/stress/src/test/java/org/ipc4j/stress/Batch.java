// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Messages that are staged are seen when the last one is committed, all at once; here over the end
 * of the ring.
 */
@JCStressTest
@Outcome(id = "-, 123", expect = Expect.ACCEPTABLE, desc = "they come later")
@Outcome(id = "123, -", expect = Expect.ACCEPTABLE, desc = "they are there, all")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "a part of them, or torn, lost, doubled, in another order")
@State
public class Batch {
    private final Ends ends = Ends.takeAt(Ends.CAPACITY - 96);

    /** Sends. */
    @Actor
    public void sender() {
        ends.stage(Ends.WORDS, 1);
        ends.stage(Ends.WORDS, 2);
        ends.send(Ends.WORDS, 3);
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
