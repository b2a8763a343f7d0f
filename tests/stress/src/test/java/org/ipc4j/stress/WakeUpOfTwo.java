// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two sleep at the same word: one change wakes both. */
@JCStressTest
@Outcome(
        id = {"awake, awake", "awake, woken", "woken, awake", "woken, woken"},
        expect = Expect.ACCEPTABLE,
        desc = "nobody sleeps on")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lost wake-up: one slept on though it had changed")
@State
public class WakeUpOfTwo {
    private final Bed bed = new Bed();

    /** Wakes. */
    @Actor
    public void waker() {
        bed.change();
    }

    /** Sleeps. */
    @Actor
    public void first(LL_Result r) {
        r.r1 = bed.sleep();
    }

    /** Sleeps too. */
    @Actor
    public void second(LL_Result r) {
        r.r2 = bed.sleep();
    }
}
