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
 * A receiver leaves and the next one goes on behind what it had handled, while the sender sends.
 */
@JCStressTest
@Outcome(id = "-, 12", expect = Expect.ACCEPTABLE, desc = "both come later")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "one comes later")
@Outcome(id = "12, -", expect = Expect.ACCEPTABLE, desc = "both are there")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, torn or in another order")
@State
public class ReceiverTakeOver {
    private final Ends ends = Ends.takeAt(Ends.CAPACITY - 96);

    /** Sends. */
    @Actor
    public void sender() {
        ends.send(Ends.WORDS, 1);
        ends.send(Ends.WORDS, 2);
    }

    /** Receives by one receiver, and by the next. */
    @Actor
    public void receiver(LL_Result r) {
        String before = ends.receive(1);
        ends.replaceReceiver();
        String after = ends.receive(1);
        r.r1 = before.equals("-") ? after : after.equals("-") ? before : before + after;
    }

    /** Receives the rest. */
    @Arbiter
    public void rest(LL_Result r) {
        r.r2 = ends.drain();
    }
}
