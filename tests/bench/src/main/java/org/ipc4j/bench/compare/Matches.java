// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The processes of all contestants of a case at once, of which all but those of one only wait for
 * their turns. Whoever fails leaves, and the others go on.
 */
final class Matches implements AutoCloseable {
    /** What is done with one of them. */
    @FunctionalInterface
    interface Step {
        void take(Match match) throws IOException;
    }

    private final List<Match> matches = new ArrayList<>();
    private final Map<Contestant, String> failures;

    private Matches(Map<Contestant, String> failures) {
        this.failures = failures;
    }

    /** Starts the processes, those of some contestants at a time. */
    static Matches start(
            List<Contestant> contestants, Case what, Map<Contestant, String> failures) {
        Matches started = new Matches(failures);
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService starters = Executors.newFixedThreadPool(processors)) {
            List<Future<Match>> starting =
                    contestants.stream()
                            .map(contestant -> starters.submit(() -> new Match(contestant, what)))
                            .toList();
            for (int i = 0; i < starting.size(); i++) {
                started.add(contestants.get(i), starting.get(i));
            }
        }
        return started;
    }

    private void add(Contestant contestant, Future<Match> match) {
        try {
            matches.add(match.get());
        } catch (ExecutionException e) {
            failures.put(contestant, e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.put(contestant, "interrupted");
        }
    }

    /** Takes a step with each in turn. */
    void forEach(Step step) {
        for (Iterator<Match> turn = matches.iterator(); turn.hasNext(); ) {
            Match match = turn.next();
            try {
                step.take(match);
            } catch (IOException e) {
                failures.put(match.contestant(), e.getMessage());
                turn.remove();
                close(match);
            }
        }
    }

    private void close(Match match) {
        try {
            match.close();
        } catch (IOException e) {
            failures.putIfAbsent(match.contestant(), e.getMessage());
        }
    }

    /** Ends all processes. */
    @Override
    public void close() {
        matches.parallelStream().forEach(this::close);
    }
}
