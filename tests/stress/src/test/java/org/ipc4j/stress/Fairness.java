// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A sender that sends on and on does not starve the other: of two messages, one is of each. */
@JCStressTest
@Outcome(
        id = {"1, 3", "3, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "in turn")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "a sender was passed over though its message was there first")
@State
public class Fairness {
    private final Ends ends = Ends.take();

    /** Each sender has messages before anybody receives. */
    public Fairness() {
        ends.send(Ends.SHORT, 1);
        ends.sendBySecond(Ends.SHORT, 3);
        ends.send(Ends.SHORT, 2);
        ends.sendBySecond(Ends.SHORT, 4);
    }

    /** Sends more. */
    @Actor
    public void sender() {
        ends.send(Ends.SHORT, 5);
        ends.send(Ends.SHORT, 6);
    }

    /** Receives one message, and another. */
    @Actor
    public void receiver(LL_Result r) {
        r.r1 = ends.receive(1);
        r.r2 = ends.receive(1);
    }

    /** Empties the channel. */
    @Arbiter
    public void rest(LL_Result r) {
        ends.drain();
    }
}
