// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** One message: it is seen whole or not at all. */
@JCStressTest
@Outcome(id = "-, 1", expect = Expect.ACCEPTABLE, desc = "it comes later")
@Outcome(id = "1, -", expect = Expect.ACCEPTABLE, desc = "it is there, whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, lost or doubled")
@State
public class Publication {
    private final Ends ends = Ends.takeAt(1024);

    /** Sends. */
    @Actor
    public void sender() {
        ends.send(Ends.WORDS, 1);
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
