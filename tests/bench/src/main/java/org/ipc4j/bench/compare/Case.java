// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done.
 *
 * @param kind what is measured
 * @param way how messages are written and read
 * @param length how many bytes a message has, a multiple of 8
 * @param writers how many processes send to the one that receives
 */
record Case(Kind kind, Way way, int length, int writers) {
    /** What is measured. */
    enum Kind {
        /** A message goes there, and one comes back. Both look without pause. */
        ROUND_TRIP,
        /** Messages go one way, as fast as they can. All look without pause. */
        FLOW,
        /** Messages go one way, 100,000 in a second. Both look without pause. */
        PACED,
        /** Messages go one way, 4,000 in a second, to one who sleeps meanwhile. */
        BLOCKED,
        /** Nothing comes to one who sleeps meanwhile. */
        IDLE
    }

    /** How messages are written and read. */
    enum Way {
        /** In place; up to 256 are made visible at once, where the peer can do that. */
        BATCHED,
        /** In place; each is made visible at once. */
        SINGLE,
        /** With the calls that copy from, and where there are such to, a buffer of the caller. */
        COPIED
    }

    /** The parts of {@link #arguments}. */
    static final int ARGUMENTS = 4;

    /** All of them, in the order in which they are printed. */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(Kind.ROUND_TRIP, Way.SINGLE, 64, 1));
        for (int length : List.of(8, 64, 1024, 65_536)) {
            for (Way way : Way.values()) {
                cases.add(new Case(Kind.FLOW, way, length, 1));
            }
        }
        cases.add(new Case(Kind.FLOW, Way.BATCHED, 64, 3));
        cases.add(new Case(Kind.PACED, Way.SINGLE, 64, 1));
        cases.add(new Case(Kind.BLOCKED, Way.SINGLE, 64, 1));
        cases.add(new Case(Kind.IDLE, Way.SINGLE, 64, 0));
        return cases;
    }

    /** Whether a process of it may sleep, so that the way between processors hardly counts. */
    boolean sleeps() {
        return kind == Kind.BLOCKED || kind == Kind.IDLE;
    }

    /** Whether more is better: it is a rate, and no time. */
    boolean isRate() {
        return kind == Kind.FLOW;
    }

    /** What the processes are told. */
    List<String> arguments() {
        return List.of(
                kind.name(), way.name(), Integer.toString(length), Integer.toString(writers));
    }

    /** What a process was told. */
    static Case of(List<String> arguments) {
        return new Case(
                Kind.valueOf(arguments.get(0)),
                Way.valueOf(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)));
    }

    /** For example {@code flow-64-batched-3}. */
    @Override
    public String toString() {
        String size = "-" + length + "-" + way.name().toLowerCase();
        return switch (kind) {
            case ROUND_TRIP -> "round-trip-" + length;
            case FLOW -> "flow" + size + (writers == 1 ? "" : "-" + writers);
            case PACED -> "paced";
            case BLOCKED -> "blocked";
            case IDLE -> "idle";
        };
    }
}
