// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.CProgram;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All contestants of one case, in turns, again and again.
 *
 * <p>The host moves virtual processors, so that two of them are now near to each other and now far
 * apart, which multiplies all times. So each round has a look at that before and after it; it is
 * thrown away if that changed, and compared with other rounds of its class only.
 */
final class Contest {
    /** Below so many nanoseconds for a cache line there and back, two processors are one core's. */
    private static final double ONE_CORE = 110;

    /** Below so many, they are near. */
    private static final double NEAR = 300;

    /** So many times as many repetitions as wanted are tried to get them all of one class. */
    private static final int PATIENCE = 3;

    private final CProgram ring;
    private final Case what;
    private final Compare.Length length;
    private final List<Contestant> contestants;
    private final Map<String, Map<Contestant, List<Score>>> scores = new TreeMap<>();
    private int thrownAway;

    /** Will play a case, so often and so long, with those who take part in it. */
    Contest(CProgram ring, Case what, Compare.Length length, List<Contestant> contestants) {
        this.ring = ring;
        this.what = what;
        this.length = length;
        this.contestants =
                contestants.stream().filter(contestant -> contestant.cases().test(what)).toList();
    }

    /** Repeats it until each contestant has enough scores of one class, or for long enough. */
    void run() throws IOException {
        for (int i = 0; i < PATIENCE * length.repetitions; i++) {
            if (complete() >= length.repetitions) {
                return;
            }
            for (Contestant contestant : contestants) {
                try (Match match = new Match(contestant, what)) {
                    for (int warmUp = 0; warmUp < length.warmUps; warmUp++) {
                        match.round(length.millis);
                    }
                    play(match, contestant);
                }
            }
        }
    }

    private void play(Match match, Contestant contestant) throws IOException {
        String before = distance();
        for (int i = 0; i < PATIENCE; i++) {
            Score score = match.round(length.millis);
            String after = distance();
            if (after.equals(before)) {
                scores.computeIfAbsent(after, none -> new HashMap<>())
                        .computeIfAbsent(contestant, none -> new ArrayList<>())
                        .add(score);
                return;
            }
            thrownAway++;
            before = after;
        }
    }

    /** How far apart the processors are just now. */
    private String distance() throws IOException {
        if (what.sleeps() || length == Compare.Length.MOMENT) {
            return "any";
        }
        List<String> distances = new ArrayList<>();
        for (int writer : IntStream.rangeClosed(1, what.writers()).toArray()) {
            double nanos = ring.probe(Match.processor(0), Match.processor(writer));
            distances.add(nanos < ONE_CORE ? "one core" : nanos < NEAR ? "near" : "far");
        }
        distances.sort(null);
        return String.join(", ", distances);
    }

    /** How many scores of one class each contestant has. */
    private int complete() {
        return scores.values().stream().mapToInt(this::least).max().orElse(0);
    }

    private int least(Map<Contestant, List<Score>> ofClass) {
        return contestants.stream()
                .mapToInt(contestant -> ofClass.getOrDefault(contestant, List.of()).size())
                .min()
                .orElse(0);
    }

    Case what() {
        return what;
    }

    /** The classes that can be compared: those with enough scores, or else with the most. */
    List<String> classes() {
        int enough = Math.clamp(complete(), 1, length.repetitions);
        return scores.keySet().stream()
                .filter(distance -> least(scores.get(distance)) >= enough)
                .toList();
    }

    List<Contestant> contestants() {
        return contestants;
    }

    List<Score> scores(String distance, Contestant contestant) {
        return scores.get(distance).get(contestant);
    }

    int thrownAway() {
        return thrownAway;
    }
}
