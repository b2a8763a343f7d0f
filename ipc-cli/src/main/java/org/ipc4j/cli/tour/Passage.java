// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A way from one process to another through one mechanism: the sending end here, the receiving end
 * there.
 */
interface Passage {
    /** All passages, in the order of the tour. */
    List<Passage> ALL =
            List.of(
                    new WindowPassage("shm", Mechanism.SHARED_MEMORY, 4, 1 << 20),
                    new WindowPassage("sem", Mechanism.NAMED_SEMAPHORE, 1, 1 << 14),
                    new MappedPassage(),
                    new QueuePassage(),
                    new PipePassage(),
                    new ServerPassage(),
                    new SocketPassage(),
                    new AnonymousPassage(),
                    new ChannelPassage(),
                    new TopicPassage(),
                    new FilePassage());

    /** Returns the passage that a word means. */
    static Passage of(String word) {
        return ALL.stream()
                .filter(passage -> passage.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no passage " + word));
    }

    /** Returns a short word for names. */
    String word();

    /** Returns the mechanism that this passage shows. */
    Mechanism mechanism();

    /**
     * Tells whether every system has the mechanism, and every provider. A tour leaves out what its
     * system, or the provider that it shall use, lacks.
     */
    default boolean isEverywhere() {
        return true;
    }

    /** Tells whether the provider that is used lets a second process in. */
    default boolean isPossible() {
        return true;
    }

    /** Creates the objects, and the sending end. */
    Sender create(TourNames names) throws IOException, InterruptedException;

    /** Opens the objects, says that it is ready, and receives until the end. */
    void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure;

    /**
     * Receives as {@link #receive(TourNames, Receipt, Patience)} does.
     *
     * @param told what the sending end has to say besides the names
     */
    default void receive(TourNames names, List<String> told, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        receive(names, receipt, patience);
    }

    /** The sending end. */
    interface Sender extends AutoCloseable {
        /** Returns what the receiver must know besides the names. */
        default List<String> told() {
            return List.of();
        }

        /** Returns the native key of the object that the passage is about. */
        String nativeKey();

        /** Returns how many bytes go at once. */
        int chunkSize();

        /** Goes on when the receiver is ready. */
        void connect(Patience patience) throws IOException, InterruptedException, CommandFailure;

        /** Sends 1 to {@link #chunkSize()} bytes. */
        void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure;

        /** Tells the receiver that this was all. */
        void end(Patience patience) throws IOException, InterruptedException, CommandFailure;

        /** Returns how the bytes went, for people. */
        String steps();

        @Override
        void close() throws IOException;
    }
}
