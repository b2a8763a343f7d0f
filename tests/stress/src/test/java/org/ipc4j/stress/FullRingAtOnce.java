// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A full ring whose messages are handled by one call, which gives all room back at its end. */
@JCStressTest
@Outcome(id = "full, 1234, -", expect = Expect.ACCEPTABLE, desc = "no room yet")
@Outcome(id = "sent, 1234, 5", expect = Expect.ACCEPTABLE, desc = "into the room of the first")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "a message was overwritten before it was handled, or is lost or doubled")
@State
public class FullRingAtOnce {
    private final Ends ends = Ends.takeFull();

    /** Sends, if there is room. */
    @Actor
    public void sender(LLL_Result r) {
        r.r1 = ends.send(Ends.QUARTER, 5) ? "sent" : "full";
    }

    /** Makes room. */
    @Actor
    public void receiver(LLL_Result r) {
        r.r2 = ends.receive(4);
    }

    /** Receives the rest. */
    @Arbiter
    public void rest(LLL_Result r) {
        r.r3 = ends.drain();
    }
}
