// SPDX-License-Identifier: Apache-2.0

package com.example.feed;

import java.util.StringJoiner;

/** What was traded, of each instrument. The feed and the desk come to the same, or one is wrong. */
public final class Turnover {
    /** How many instruments there are. */
    public static final int INSTRUMENTS = 4;

    private final long[] volumes = new long[INSTRUMENTS];
    private final long[] values = new long[INSTRUMENTS];

    /** Starts with nothing. */
    public Turnover() {}

    /** Adds a trade. */
    public void add(int instrument, long price, int quantity) {
        volumes[instrument] += quantity;
        values[instrument] += price * quantity;
    }

    /** Returns volume and value of each instrument. */
    @Override
    public String toString() {
        StringJoiner all = new StringJoiner(", ");
        for (int i = 0; i < INSTRUMENTS; i++) {
            all.add(volumes[i] + " for " + values[i]);
        }
        return all.toString();
    }
}
