// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Ipc;
import org.ipc4j.Mechanism;
import org.ipc4j.cli.AtEnd;
import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.IpcCommand;
import org.ipc4j.cli.Listing;
import org.ipc4j.cli.peer.OwnCommand;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code ipc tour}: moves a file to a second process through every mechanism. */
@Command(
        name = "tour",
        description = {
            "Moves FILE to a second process through each mechanism, and compares its SHA-256 at the"
                    + " other end.",
            "MB/s is measured with the digest that the second process computes. The exit status is"
                    + " 0 if all are equal."
        })
public final class TourCommand implements Callable<Integer> {
    private static final String EQUAL = "equal";
    private static final long CLEAN_UP_SECONDS = 10;

    @ParentCommand private IpcCommand ipc;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "What to move; by default this program's own lib/modules.")
    private Path file = Path.of(System.getProperty("java.home"), "lib", "modules");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--progress",
            negatable = true,
            description = "Tell on standard error how far it is; by default on a terminal.")
    private Boolean progress;

    /** Creates the command. */
    public TourCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Thread tour = Thread.currentThread();
        CountDownLatch clean = new CountDownLatch(1);
        Runnable letItCleanUp =
                () -> {
                    tour.interrupt();
                    await(clean);
                };
        try (AtEnd _ = new AtEnd(letItCleanUp)) {
            try {
                return run();
            } finally {
                clean.countDown();
            }
        }
    }

    /**
     * Deletes the names of tours that were killed.
     *
     * @return the files that stood for them
     * @throws IOException if the temporary directory cannot be looked at
     */
    public static List<Path> clean() throws IOException {
        return Lease.sweep(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int run() throws IOException, InterruptedException {
        Receipt.Sum wanted = Crossing.sum(file);
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        clean();
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Lease lease = Lease.take(directory)) {
            for (Passage passage : Passage.ALL) {
                if (!passage.isEverywhere()
                        && !(isAvailable(passage.mechanism()) && passage.isPossible())) {
                    continue;
                }
                rows.add(row(passage, lease.names(), wanted));
            }
        }
        print(wanted, rows);
        boolean allEqual = rows.stream().allMatch(row -> EQUAL.equals(row.get("verdict")));
        return (allEqual ? ExitStatus.OK : ExitStatus.REFUSED).code();
    }

    private static boolean isAvailable(Mechanism mechanism) {
        return Ipc.report().rows().stream()
                .anyMatch(row -> row.mechanism() == mechanism && row.selected());
    }

    private Map<String, Object> row(Passage passage, TourNames names, Receipt.Sum wanted)
            throws InterruptedException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (String fact :
                List.of(
                        "mechanism",
                        "provider",
                        "nativeKey",
                        "bytes",
                        "MB/s",
                        "steps",
                        "verdict")) {
            row.put(fact, null);
        }
        row.put("mechanism", passage.mechanism().key());
        Progress line =
                new Progress(
                        ipc.streams().err(), isShown(), passage.mechanism().key(), wanted.count());
        try {
            row.put("provider", Ipc.provider(passage.mechanism().providerType()).name());
            Crossing.Outcome outcome =
                    new Crossing(file, passage, names, peerCommand(passage, names)).run(line::at);
            row.put("nativeKey", outcome.nativeKey());
            row.put("bytes", outcome.sum().count());
            row.put("MB/s", Math.round(outcome.sum().count() * 1e4 / outcome.nanos()) / 10.0);
            row.put("steps", outcome.steps());
            row.put("verdict", outcome.sum().equals(wanted) ? EQUAL : "DIFFERENT");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            row.put("verdict", "FAILED: " + e.getMessage());
        } finally {
            line.end();
        }
        return row;
    }

    private List<String> peerCommand(Passage passage, TourNames names) {
        List<String> command = new ArrayList<>(OwnCommand.withoutWords(ipc.words()));
        command.addAll(List.of(TourPeerCommand.NAME, passage.word(), names.prefix()));
        ipc.provider().ifPresent(name -> command.addAll(List.of("--provider", name)));
        return command;
    }

    private boolean isShown() {
        return progress == null
                ? System.console() != null && System.console().isTerminal()
                : progress;
    }

    private void print(Receipt.Sum wanted, List<Map<String, Object>> rows) throws IOException {
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("file", file);
            facts.put("bytes", wanted.count());
            facts.put("sha256", wanted.sha256());
            facts.put("passages", rows);
            ipc.streams().print(Listing.json(facts));
        } else {
            ipc.streams()
                    .print(file + ", " + wanted.count() + " bytes, SHA-256 " + wanted.sha256());
            ipc.streams().print(Listing.table(rows));
        }
    }
}
