// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.CProgram;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All contestants of one case, in turns, again and again.
 *
 * <p>The host moves virtual processors, so that two of them are now near to each other and now far
 * apart, which multiplies all times. So each round has a look at that before and after it; it is
 * thrown away if that changed, and compared with other rounds of its class only. Where there are
 * fewer processors than processes, these share them in turns, which is a class too.
 */
final class Contest {
    /** Below so many nanoseconds for a cache line there and back, two processors are one core's. */
    private static final double ONE_CORE = 110;

    /** Below so many, they are near. */
    private static final double NEAR = 300;

    /** So many times as many repetitions as wanted are tried to get them all of one class. */
    private static final int PATIENCE = 2;

    private final CProgram peers;
    private final Case what;
    private final Compare.Length length;
    private final List<Contestant> contestants;
    private final Map<String, Map<Contestant, List<Score>>> scores = new TreeMap<>();
    private final Map<Contestant, String> failures = new LinkedHashMap<>();
    private int thrownAway;

    /** Will play a case, so often and so long, with those who take part in it. */
    Contest(CProgram peers, Case what, Compare.Length length, List<Contestant> contestants) {
        this.peers = peers;
        this.what = what;
        this.length = length;
        this.contestants =
                contestants.stream().filter(contestant -> contestant.cases().test(what)).toList();
    }

    /**
     * Repeats it until each contestant has enough scores of one class, or for long enough. The
     * processes are started anew for each part of that: the compiler is not always as lucky.
     */
    void run() {
        for (int start = 1; start <= length.starts; start++) {
            try (Matches matches = Matches.start(playing(), what, failures)) {
                for (int i = 0; i < length.warmUps; i++) {
                    matches.forEach(match -> match.round(length.millis));
                }
                int wanted = length.repetitions * start / length.starts;
                for (int i = 0; i < PATIENCE * length.repetitions / length.starts; i++) {
                    if (complete() < wanted) {
                        matches.forEach(this::play);
                    }
                }
            }
        }
    }

    private List<Contestant> playing() {
        return contestants.stream().filter(one -> !failures.containsKey(one)).toList();
    }

    private void play(Match match) throws IOException {
        String before = distance();
        Score score = match.round(length.millis);
        if (distance().equals(before)) {
            scores.computeIfAbsent(before, none -> new LinkedHashMap<>())
                    .computeIfAbsent(match.contestant(), none -> new ArrayList<>())
                    .add(score);
        } else {
            thrownAway++;
        }
    }

    /** How far apart the processors are just now. */
    private String distance() throws IOException {
        if (what.sleeps() || what.kind().isSolo() || length == Compare.Length.MOMENT) {
            return "any";
        }
        if (what.others() >= Runtime.getRuntime().availableProcessors()) {
            return "shared"; // there is no way between two who have the same one
        }
        List<String> distances = new ArrayList<>();
        for (int other : IntStream.rangeClosed(1, what.others()).toArray()) {
            double nanos = peers.probe(Match.processor(0), Match.processor(other));
            distances.add(nanos < ONE_CORE ? "one core" : nanos < NEAR ? "near" : "far");
        }
        return distances.stream().distinct().count() == 1 ? distances.getFirst() : "mixed";
    }

    /** How many scores of one class each contestant has. */
    private int complete() {
        return scores.values().stream().mapToInt(this::least).max().orElse(0);
    }

    private int least(Map<Contestant, List<Score>> ofClass) {
        return playing().stream()
                .mapToInt(contestant -> ofClass.getOrDefault(contestant, List.of()).size())
                .min()
                .orElse(0);
    }

    Case what() {
        return what;
    }

    /** The classes that can be compared: those with enough scores, or else with the most. */
    List<String> classes() {
        int enough = Math.min(complete(), length.repetitions);
        return scores.keySet().stream()
                .filter(distance -> least(scores.get(distance)) >= enough)
                .toList();
    }

    List<Contestant> contestants() {
        return contestants;
    }

    /** What came of the rounds in a class; nothing, if there were none. */
    List<Score> scores(String distance, Contestant contestant) {
        return scores.get(distance).getOrDefault(contestant, List.of());
    }

    /** Those of the class in which a contestant has most. */
    List<Score> mostScores(Contestant contestant) {
        return scores.keySet().stream()
                .map(distance -> scores(distance, contestant))
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    /** Why some could not go on. */
    Map<Contestant, String> failures() {
        return failures;
    }

    int thrownAway() {
        return thrownAway;
    }
}
