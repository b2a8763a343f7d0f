// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.CProgram;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Measures channels beside their peers, prints a table, and draws plots into {@code target/bench}.
 *
 * <pre>{@code
 * tests/bench/compare [quick|full] [CASE-OR-PEER]...
 * }</pre>
 *
 * <p>A case or peer is wanted if its name begins with a word; if no word is about a case, all are
 * wanted, and so with peers. The exit code is 1 if a message was lost, torn or doubled, or somebody
 * hung, and 2 if a word is about nothing.
 */
public final class Compare {
    /** How long to measure. */
    enum Length {
        /** To see that it runs: once, wherever the processors are. */
        MOMENT(1, 1, 0, 20),
        /** The essential cases, in some five minutes. */
        QUICK(1, 5, 3, 500),
        /** All cases, in less than half an hour. */
        FULL(2, 8, 3, 500);

        /** How often the processes are started anew. */
        final int starts;

        /** How many rounds count, of all starts. */
        final int repetitions;

        /** How many rounds do not, of each start. */
        final int warmUps;

        /** How long a round is. */
        final long millis;

        Length(int starts, int repetitions, int warmUps, long millis) {
            this.starts = starts;
            this.repetitions = repetitions;
            this.warmUps = warmUps;
            this.millis = millis;
        }

        boolean has(Case what) {
            return this != QUICK || what.isEssential();
        }
    }

    private final CProgram peers;
    private final Length length;
    private final Table table;
    private final Path plots;

    /** Measures for so long, prints there, and draws into a folder. */
    Compare(CProgram peers, Length length, PrintStream out, Path plots) {
        this.peers = peers;
        this.length = length;
        this.table = new Table(out);
        this.plots = plots;
    }

    /** Compiles the peers in C, to be as fast as they can. */
    static CProgram compile(Path folder) throws IOException, InterruptedException {
        return CProgram.compile(
                Path.of("src/main/c/peers.c"), folder, "-O3", "-march=native", "-Wall", "-Wextra");
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
        Path folder = Path.of("target", "bench");
        Compare compare = new Compare(compile(folder), length, System.out, folder);
        Optional<String> unknown = compare.unknown(words);
        if (unknown.isPresent()) {
            System.err.println(
                    "no case and no peer begins with \"" + unknown.get() + "\"; there are");
            Case.all().forEach(System.err::println);
            Contestant.all(compare.peers).forEach(peer -> System.err.println(peer.label()));
            System.exit(2);
        }
        if (!compare.run(words)) {
            System.exit(1);
        }
    }

    /** Returns a word that is about nothing. */
    private Optional<String> unknown(List<String> words) {
        return words.stream()
                .filter(word -> Case.all().stream().noneMatch(what -> isCalled(what, word)))
                .filter(word ->
                        Contestant.all(peers).stream().noneMatch(peer -> peer.isCalled(word)))
                .findFirst();
    }

    /** Measures what words are about. */
    private boolean run(List<String> words) throws IOException {
        List<Case> cases = named(Case.all(), words, Compare::isCalled);
        boolean all = cases.size() == Case.all().size();
        return run(
                cases.stream().filter(what -> length.has(what) || !all).toList(),
                named(Contestant.all(peers), words, Contestant::isCalled));
    }

    private static boolean isCalled(Case what, String word) {
        return what.toString().startsWith(word);
    }

    /** Returns those that a word is about; or all, if there is no such word. */
    private static <T> List<T> named(
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

    /**
     * Measures some cases.
     *
     * @return whether nobody failed
     */
    boolean run(List<Case> cases, List<Contestant> contestants) throws IOException {
        table.head(length.name().toLowerCase());
        List<Contest> contests = new ArrayList<>();
        for (Case what : cases) {
            Contest contest = new Contest(peers, what, length, contestants);
            contest.run();
            table.rows(contest);
            contests.add(contest);
        }
        table.foot(contests);
        Plots.draw(contests, plots);
        return contests.stream().allMatch(contest -> contest.failures().isEmpty());
    }
}
