// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is done.
 *
 * @param kind what is measured
 * @param way how messages are written and read
 * @param length how many bytes a message has, a multiple of 8
 * @param parties how many processes send to the one that receives, or receive from the one that
 *     publishes; or how many channels the only process has
 * @param sleeps whether who waits sleeps meanwhile, so that the way between processors hardly
 *     counts; otherwise all look without pause
 */
record Case(Kind kind, Way way, int length, int parties, boolean sleeps) {
    /** What is measured. */
    enum Kind {
        /** A message goes there, and one comes back. */
        ROUND_TRIP,
        /** Messages go one way, as fast as they can. */
        FLOW,
        /** Messages go from one to all others, as fast as they can. */
        PUBLISH,
        /** Messages go one way at fixed times, 100,000 in a second; 4,000 to one who sleeps. */
        PACED,
        /** Nothing comes. How much of a processor does that take? */
        IDLE,
        /** What a message costs its sender, as long as nobody waits for it. */
        SEND,
        /** How many bytes a message allocates that is sent and received. */
        ALLOCATED,
        /** How long it takes to open an end of a channel that is there. */
        OPEN;

        /** Whether more is better: it is a rate, and no time. */
        boolean isRate() {
            return this == FLOW || this == PUBLISH;
        }

        /** Whether only one process takes part. */
        boolean isSolo() {
            return switch (this) {
                case ROUND_TRIP, FLOW, PUBLISH, PACED -> false;
                case IDLE, SEND, ALLOCATED, OPEN -> true;
            };
        }
    }

    /** How messages are written and read. */
    enum Way {
        /** In place; up to 256 are made visible at once, where the peer can do that. */
        BATCHED,
        /** In place, where the peer can do that; each is made visible at once. */
        SINGLE,
        /** With the calls that copy from and to a buffer of the caller. */
        COPIED
    }

    /** The parts of {@link #arguments}. */
    static final int ARGUMENTS = 5;

    private static final List<Integer> LENGTHS = List.of(8, 64, 1024, 65_536);
    private static final int MANY_CHANNELS = 20;

    /** Those that make the short comparison. */
    private static final Set<String> ESSENCE =
            Set.of(
                    "round-trip-64",
                    "round-trip-64-block",
                    "flow-8-batched",
                    "flow-64-batched",
                    "flow-64-batched-3",
                    "flow-64-copied",
                    "flow-1024-batched",
                    "flow-65536-batched",
                    "publish-64-1",
                    "publish-64-3",
                    "paced",
                    "paced-block",
                    "send-64",
                    "allocated-1",
                    "allocated-20",
                    "open",
                    "idle");

    /** All of them, in the order in which they are printed. */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (int length : LENGTHS) {
            cases.add(new Case(Kind.ROUND_TRIP, Way.SINGLE, length, 1, false));
        }
        cases.add(new Case(Kind.ROUND_TRIP, Way.SINGLE, 64, 1, true));
        for (Way way : Way.values()) {
            for (int length : LENGTHS) {
                cases.add(new Case(Kind.FLOW, way, length, 1, false));
            }
        }
        cases.add(new Case(Kind.FLOW, Way.BATCHED, 64, 3, false));
        cases.add(new Case(Kind.FLOW, Way.COPIED, 64, 1, true));
        cases.add(new Case(Kind.FLOW, Way.COPIED, 65_536, 1, true));
        cases.add(new Case(Kind.PUBLISH, Way.BATCHED, 64, 1, false));
        cases.add(new Case(Kind.PUBLISH, Way.BATCHED, 64, 3, false));
        cases.add(new Case(Kind.PACED, Way.SINGLE, 64, 1, false));
        cases.add(new Case(Kind.PACED, Way.SINGLE, 64, 1, true));
        cases.add(new Case(Kind.SEND, Way.SINGLE, 64, 1, false));
        cases.add(new Case(Kind.ALLOCATED, Way.SINGLE, 64, 1, false));
        cases.add(new Case(Kind.ALLOCATED, Way.SINGLE, 64, MANY_CHANNELS, false));
        cases.add(new Case(Kind.OPEN, Way.SINGLE, 64, 1, false));
        cases.add(new Case(Kind.IDLE, Way.SINGLE, 64, 1, true));
        return cases;
    }

    /** Whether the short comparison has it. */
    boolean isEssential() {
        return ESSENCE.contains(toString());
    }

    /** Whether messages go one way from one to one who looks without pause, as fast as they can. */
    boolean isSimpleFlow() {
        return kind == Kind.FLOW && parties == 1 && !sleeps;
    }

    /** How many processes there are besides the first one. */
    int others() {
        return kind.isSolo() ? 0 : parties;
    }

    /** How many processes send to the same one. */
    int writers() {
        return kind == Kind.FLOW ? parties : 1;
    }

    /** What the processes are told. */
    List<String> arguments() {
        return List.of(
                kind.name(),
                way.name(),
                Integer.toString(length),
                Integer.toString(parties),
                sleeps ? "BLOCK" : "SPIN");
    }

    /** What a process was told. */
    static Case of(List<String> arguments) {
        return new Case(
                Kind.valueOf(arguments.get(0)),
                Way.valueOf(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                arguments.get(4).equals("BLOCK"));
    }

    /** For example {@code flow-64-batched-3}. */
    @Override
    public String toString() {
        String block = sleeps ? "-block" : "";
        return switch (kind) {
            case ROUND_TRIP -> "round-trip-" + length + block;
            case FLOW ->
                    "flow-"
                            + length
                            + "-"
                            + way.name().toLowerCase()
                            + (parties == 1 ? "" : "-" + parties)
                            + block;
            case PUBLISH -> "publish-" + length + "-" + parties;
            case PACED -> "paced" + block;
            case SEND -> "send-" + length;
            case ALLOCATED -> "allocated-" + parties;
            case OPEN -> "open";
            case IDLE -> "idle";
        };
    }
}
