// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.PipeReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writers and readers of a pipe are killed.
 *
 * <p>Promised of a killed writer: what its writes returned for arrives, then at most a part of the
 * write it died in (all or nothing where writes are atomic), then the end of the stream; the next
 * writer begins anew. Of a killed reader: the writer is told, and the next reader takes the name
 * over.
 */
@Interop
class NamedPipeKillIT {
    static final int RECORD = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> writers() {
        return Stream.of(
                Arguments.of("posix", Launcher.jvm("posix"), 10),
                Arguments.of("posix", Launcher.c(), 20),
                Arguments.of("jvm", Launcher.jvm("jvm"), 14));
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of("posix", Launcher.jvm("posix"), 14),
                Arguments.of("jvm", Launcher.jvm("jvm"), 14));
    }

    @ParameterizedTest(name = "{0}: {2} victims, {1}")
    @MethodSource("writers")
    void writersAreKilled(String provider, Launcher launcher, int rounds) throws Exception {
        NamedPipeProvider pipes = Ipc.provider(NamedPipeProvider.class, provider);
        IpcName name = IpcName.of(Run.name("fifo-kill-writer"));
        try (NamedPipeReader reader = pipes.createReader(name, NamedPipeOptions.DEFAULT);
                Campaign campaign = new Campaign("writer of a pipe", launcher, rounds)) {
            writersAreKilled(
                    victim -> victim.ok("fifo writer " + reader.nativeKey()),
                    "fifo runWriter " + RECORD,
                    () -> readToTheEnd(reader),
                    // writes of up to PIPE_BUF bytes are
                    provider.equals("posix"),
                    campaign);
        }
    }

    /** Where what is written arrives. */
    interface Source {
        /** Returns how many bytes there were; negative if one was wrong. */
        long readToTheEnd();
    }

    /** Lets a victim open the pipe. */
    interface Connection {
        void make(Victim victim);
    }

    /**
     * Kills writers.
     *
     * @param connection lets one open the pipe
     * @param work lets it write records of {@value #RECORD} bytes
     * @param source reads them
     * @param areAtomic whether a record is written whole or not at all
     */
    static void writersAreKilled(
            Connection connection, String work, Source source, boolean areAtomic, Campaign campaign)
            throws InterruptedException {
        while (campaign.goesOn()) {
            Victim victim = campaign.victim();
            connection.make(victim);
            long[] received = new long[1];
            Thread listener = Thread.ofPlatform().start(() -> received[0] = source.readToTheEnd());
            victim.run(work);
            campaign.kill(List.of(victim));
            long killed = System.nanoTime();
            listener.join(PATIENCE);
            assertTrue(!listener.isAlive(), "the reader waits on for a dead writer");
            campaign.recovered(System.nanoTime() - killed);

            long least = (long) RECORD * victim.count('W');
            long most = (long) RECORD * victim.count('w');
            assertTrue(
                    least <= received[0] && received[0] <= most,
                    received[0] + " bytes of " + least + " to " + most);
            if (areAtomic) {
                assertEquals(0, received[0] % RECORD, "half a record");
            }
            campaign.uncertain(received[0] > least ? 1 : 0);
        }
        campaign.succeeded();
    }

    /** Returns how many bytes there were; -1 if one was wrong. */
    static long readToTheEnd(PipeReader reader) {
        ByteBuffer part = ByteBuffer.allocate(1 << 16);
        long at = 0;
        try {
            while (reader.read(part.clear()) != -1) {
                for (int i = 0; i < part.position(); i++) {
                    if (part.get(i) != Content.pattern(0, at + i)) {
                        return -1;
                    }
                }
                at += part.position();
            }
        } catch (IOException e) {
            return -2;
        }
        return at;
    }

    @ParameterizedTest(name = "{0}: {2} victims, {1}")
    @MethodSource("readers")
    void readersAreKilled(String provider, Launcher launcher, int rounds) throws Exception {
        NamedPipeProvider pipes = Ipc.provider(NamedPipeProvider.class, provider);
        IpcName name = IpcName.of(Run.name("fifo-kill-reader"));
        try (Campaign campaign = new Campaign("reader of a pipe", launcher, rounds)) {
            readersAreKilled(
                    "fifo reader " + name.value(),
                    "fifo runReader",
                    () -> sink(pipes.openWriter(name, Access.OWNER, PATIENCE).orElseThrow()),
                    campaign);
        } finally {
            pipes.remove(name);
        }
    }

    /** Where a victim's data come from. */
    interface Sink extends AutoCloseable {
        /** Returns when the reader turned out to be gone; 0 if something else happened. */
        long writeUntilTold();
    }

    /** Opens a pipe that a victim reads. */
    interface Sinks {
        Sink open() throws Exception;
    }

    /**
     * Kills readers, each of which takes over the name of the one before.
     *
     * @param creation lets one create the pipe
     * @param work lets it read
     * @param sinks open the pipe to write
     */
    static void readersAreKilled(String creation, String work, Sinks sinks, Campaign campaign)
            throws Exception {
        readersAreKilled(victim -> victim.ok(creation), work, sinks, campaign);
    }

    /**
     * Kills readers.
     *
     * @param connection lets one open the pipe
     * @param work lets it read
     * @param sinks open the pipe to write
     */
    static void readersAreKilled(Connection connection, String work, Sinks sinks, Campaign campaign)
            throws Exception {
        while (campaign.goesOn()) {
            Victim victim = campaign.victim();
            connection.make(victim);
            try (Sink sink = sinks.open()) {
                victim.run(work);
                long[] told = new long[1];
                Thread writing = Thread.ofPlatform().start(() -> told[0] = sink.writeUntilTold());
                campaign.kill(List.of(victim));
                long killed = System.nanoTime();
                writing.join(PATIENCE);
                assertTrue(!writing.isAlive(), "the writer waits on for a dead reader");
                assertTrue(told[0] != 0, "the writer was not told that the reader is gone");
                campaign.recovered(Math.max(0, told[0] - killed));
            }
        }
        campaign.succeeded();
    }

    private static Sink sink(NamedPipeWriter writer) {
        return new Sink() {
            @Override
            public long writeUntilTold() {
                return NamedPipeKillIT.writeUntilTold(writer);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    /** Returns when the reader turned out to be gone; 0 if something else happened. */
    private static long writeUntilTold(NamedPipeWriter writer) {
        try {
            for (long at = 0; ; at += RECORD) {
                writer.write(ByteBuffer.wrap(Content.pattern(0, at, RECORD)));
            }
        } catch (PeerClosedException expected) {
            return System.nanoTime();
        } catch (IOException e) {
            e.printStackTrace();
            return 0;
        }
    }
}
