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
 * A sender leaves with messages that it has not sent, and the next one has its ring, while the
 * receiver polls.
 */
@JCStressTest
@Outcome(id = "-, 12", expect = Expect.ACCEPTABLE, desc = "both come later")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "one comes later")
@Outcome(id = "12, -", expect = Expect.ACCEPTABLE, desc = "both are there")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "a message that was never sent, or one lost, doubled, torn or early")
@State
public class SenderTakeOver {
    private final Ends ends = Ends.takeAt(Ends.CAPACITY - 96);

    /** Sends. */
    @Actor
    public void sender() {
        ends.send(Ends.WORDS, 1);
        ends.stage(Ends.SHORT, 8);
        ends.claim(Ends.WORDS, 9);
        ends.replaceSender();
        ends.send(Ends.WORDS, 2);
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
