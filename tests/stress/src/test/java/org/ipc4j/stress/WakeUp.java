// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** One falls asleep just when another one changes what it waits for. */
@JCStressTest
@Outcome(id = "awake", expect = Expect.ACCEPTABLE, desc = "it had changed already")
@Outcome(id = "woken", expect = Expect.ACCEPTABLE, desc = "it slept, or was about to")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lost wake-up: it slept on though it had changed")
@State
public class WakeUp {
    private final Bed bed = new Bed();

    /** Wakes. */
    @Actor
    public void waker() {
        bed.change();
    }

    /** Sleeps. */
    @Actor
    public void sleeper(L_Result r) {
        r.r1 = bed.sleep();
    }
}
