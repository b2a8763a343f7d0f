// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import org.ipc4j.Ipc;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.IpcCommand;
import org.ipc4j.cli.Listing;
import org.ipc4j.cli.peer.OwnCommand;
import org.ipc4j.cli.peer.Peer;
import org.ipc4j.spi.ChannelProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code ipc bench}: the speed of a channel on this machine. */
@Command(
        name = "bench",
        description = {
            "Measures, in about five seconds, how fast a channel is between two processes of this"
                    + " program, with messages of 64 bytes that are written and read in place.",
            "A round trip is a message and its answer, at once or after a pause of a millisecond in"
                    + " which a receiver that blocks has fallen asleep. Messages per second go one"
                    + " way, sent one by one and by 64.",
            "Which processors the two processes get makes a difference of three and more; compare"
                    + " several runs."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final int PAUSES = 200;
    private static final int BATCH = 64;
    private static final Duration WARM_UP = Duration.ofMillis(250);
    private static final Duration TIME = Duration.ofMillis(500);

    @ParentCommand private IpcCommand ipc;

    @Option(names = "--json", description = "Print JSON, in nanoseconds.")
    private boolean json;

    /** Creates the command. */
    public BenchCommand() {}

    @Override
    public Integer call() throws Exception {
        List<BenchResult> results = new ArrayList<>();
        for (WaitStrategy waiting : List.of(WaitStrategy.SPIN, WaitStrategy.BLOCK)) {
            results.add(measure(waiting));
        }
        print(results);
        return ExitStatus.OK.code();
    }

    private BenchResult measure(WaitStrategy waiting) throws Exception {
        BenchNames names = BenchNames.fresh();
        ChannelOptions options = ChannelOptions.DEFAULT.withWaiting(waiting);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> removeAtEnd(names))); // Ctrl-C
        try (Sender sender = Sender.create(names.there(), options);
                Receiver receiver = Receiver.create(names.back(), options);
                Peer peer = Peer.start(peerCommand(names, waiting));
                Side side = new Side(sender, receiver, waiting, peer.patience())) {
            try {
                peer.awaitReady();
                names.remove();
                return measure(waiting, new Measurement(side));
            } catch (Exception e) {
                throw peer.reason(e);
            }
        } finally {
            names.remove();
        }
    }

    private static void removeAtEnd(BenchNames names) {
        try {
            names.remove();
        } catch (IOException e) {
            // there is nobody to tell
        }
    }

    private List<String> peerCommand(BenchNames names, WaitStrategy waiting) {
        List<String> command = new ArrayList<>(OwnCommand.withoutWords(ipc.words()));
        command.addAll(List.of(BenchPeerCommand.NAME, names.prefix(), waiting.name()));
        ipc.provider().ifPresent(name -> command.addAll(List.of("--provider", name)));
        return command;
    }

    private static BenchResult measure(WaitStrategy waiting, Measurement measurement)
            throws Exception {
        measurement.roundTrips(WARM_UP);
        measurement.messagesPerSecond(WARM_UP, BATCH);
        return new BenchResult(
                waiting,
                measurement.roundTrips(TIME),
                measurement.roundTripsAfter(PAUSE, PAUSES),
                measurement.messagesPerSecond(TIME, 1),
                measurement.messagesPerSecond(TIME, BATCH));
    }

    private void print(List<BenchResult> results) throws IOException {
        String provider = Ipc.provider(ChannelProvider.class).name();
        int processors = Runtime.getRuntime().availableProcessors();
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("provider", provider);
            facts.put("processors", processors);
            facts.put("messageSize", Side.SIZE);
            facts.put("results", results.stream().map(BenchResult::facts).toList());
            ipc.streams().print(Listing.json(facts));
        } else {
            ipc.streams()
                    .print(
                            "channel of "
                                    + provider
                                    + ", messages of "
                                    + Side.SIZE
                                    + " bytes, two processes on "
                                    + processors
                                    + " processors");
            ipc.streams().print(Listing.table(results.stream().map(BenchResult::row).toList()));
        }
    }
}
