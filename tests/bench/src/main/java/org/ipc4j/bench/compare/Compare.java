// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.CProgram;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Measures channels beside their peers, and prints a table.
 *
 * <pre>{@code
 * tests/bench/compare [quick|full] [CASE-OR-PEER]...
 * }</pre>
 *
 * <p>A case or peer is wanted if its name begins with a word; if no word is about a case, all are
 * wanted, and so with peers.
 */
public final class Compare {
    /** How long to measure. */
    enum Length {
        /** To see that it runs: once, wherever the processors are. */
        MOMENT(1, 0, 20),
        /** A quarter of an hour. */
        QUICK(5, 5, 200),
        /** More than an hour. */
        FULL(15, 8, 500);

        final int repetitions;
        final int warmUps;
        final long millis;

        Length(int repetitions, int warmUps, long millis) {
            this.repetitions = repetitions;
            this.warmUps = warmUps;
            this.millis = millis;
        }
    }

    private final CProgram ring;
    private final Length length;
    private final Table table;

    /** Measures for so long and prints there. */
    Compare(CProgram ring, Length length, PrintStream out) {
        this.ring = ring;
        this.length = length;
        this.table = new Table(out);
    }

    /** Compiles the C side, to be as fast as it can. */
    static CProgram compile(Path source, Path folder) throws IOException, InterruptedException {
        return CProgram.compile(source, folder, "-O3", "-march=native");
    }

    /**
     * The command.
     *
     * @param args see above
     */
    public static void main(String... args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        Length length = words.contains("full") ? Length.FULL : Length.QUICK;
        words.removeAll(List.of("quick", "full"));
        CProgram ring = compile(Path.of("src/main/c/ring.c"), Path.of("target", "bench"));
        new Compare(ring, length, System.out).run(words);
    }

    /** Measures what is wanted. */
    void run(List<String> words) throws IOException {
        List<Case> cases =
                wanted(Case.all(), words, (what, word) -> what.toString().startsWith(word));
        List<Contestant> contestants = wanted(Contestant.all(ring), words, Contestant::isCalled);
        table.head(length.name().toLowerCase());
        int thrownAway = 0;
        for (Case what : cases) {
            Contest contest = new Contest(ring, what, length, contestants);
            contest.run();
            table.rows(contest);
            thrownAway += contest.thrownAway();
        }
        table.foot(thrownAway);
    }

    /** Returns those that a word is about; or all, if there is no such word. */
    private static <T> List<T> wanted(
            List<T> all, List<String> words, BiPredicate<T, String> isAbout) {
        List<String> about =
                words.stream()
                        .filter(word -> all.stream().anyMatch(one -> isAbout.test(one, word)))
                        .toList();
        return all.stream()
                .filter(one ->
                        about.isEmpty() || about.stream().anyMatch(word -> isAbout.test(one, word)))
                .toList();
    }
}
