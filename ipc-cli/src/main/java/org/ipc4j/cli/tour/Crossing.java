// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.cli.peer.Patience;
import org.ipc4j.cli.peer.Peer;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Moves a file through one passage.
 *
 * @param file the file
 * @param passage the way
 * @param names the names to use
 * @param peerCommand what starts the second process
 */
record Crossing(Path file, Passage passage, TourNames names, List<String> peerCommand) {
    /**
     * How it went.
     *
     * @param nativeKey the key of the object
     * @param steps how the bytes went, for people
     * @param sum what the other process has received
     * @param nanos how long that took, without the start of the other process
     */
    record Outcome(String nativeKey, String steps, Receipt.Sum sum, long nanos) {}

    Outcome run(LongConsumer progress) throws Exception {
        try (Passage.Sender sender = passage.create(names);
                Peer peer = Peer.start(peerCommand(sender))) {
            try {
                return move(sender, peer, progress);
            } catch (Exception e) {
                throw peer.reason(e);
            }
        } finally {
            names.remove(passage);
        }
    }

    private List<String> peerCommand(Passage.Sender sender) {
        List<String> command = new ArrayList<>(peerCommand);
        command.addAll(sender.told());
        return command;
    }

    private Outcome move(Passage.Sender sender, Peer peer, LongConsumer progress) throws Exception {
        peer.awaitReady();
        Patience patience = peer.patience();
        sender.connect(patience);
        String nativeKey = sender.nativeKey();
        long start = System.nanoTime();
        send(sender, patience, progress);
        sender.end(patience);
        Receipt.Sum sum = Receipt.Sum.parse(peer.awaitAnswer(Receipt.RECEIVED));
        return new Outcome(nativeKey, sender.steps(), sum, System.nanoTime() - start);
    }

    private void send(Passage.Sender sender, Patience patience, LongConsumer progress)
            throws Exception {
        byte[] chunk = new byte[sender.chunkSize()];
        long done = 0;
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int count = in.readNBytes(chunk, 0, chunk.length);
                    count > 0;
                    count = in.readNBytes(chunk, 0, chunk.length)) {
                sender.send(chunk, count, patience);
                done += count;
                progress.accept(done);
            }
        }
    }

    /** Returns what the file holds. */
    static Receipt.Sum sum(Path file) throws IOException {
        Receipt receipt = new Receipt(() -> {});
        byte[] chunk = new byte[1 << 16];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                receipt.add(chunk, count);
            }
        }
        return receipt.sum();
    }
}
