// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.spi.FileExchangeProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Publishers of a file are killed while four others read it.
 *
 * <p>Promised: each reader gets whole versions, in order; a version that was published stays, one
 * in the making is there whole or not at all; the next publisher is not stuck, and deletes what the
 * dead one has left beside the file.
 */
@Interop
class FileExchangeKillIT {
    static Stream<Arguments> victims() {
        return Stream.of(Arguments.of("posix", 20), Arguments.of("jvm", 20));
    }

    @ParameterizedTest(name = "{0}: {1} victims")
    @MethodSource("victims")
    void theFileIsOldOrNew(String provider, int rounds) throws Exception {
        FileExchangeProvider exchanges = Ipc.provider(FileExchangeProvider.class, provider);
        try (SharedFolder folder = new SharedFolder();
                SharedFolder warm = new SharedFolder();
                FileExchange exchange = exchanges.at(folder.file(), Access.OWNER)) {
            long last = 0;
            exchange.publish(content(last));
            try (FileReaders readers = new FileReaders(folder.file(), provider);
                    Campaign campaign =
                            new Campaign("publisher of a file", Launcher.jvm(provider), rounds)) {
                int left = 0;
                while (campaign.goesOn()) {
                    Victim victim = campaign.victim();
                    victim.ok("file at " + warm.file());
                    victim.ok("file publish 10 1"); // so that all classes are loaded
                    victim.ok("file at " + folder.file());
                    victim.run("file runPublisher " + (last + 1));
                    campaign.kill(List.of(victim));
                    last = published(exchange, last, victim, campaign);
                    left += drafts(folder);

                    long begun = System.nanoTime();
                    exchange.publish(content(++last));
                    campaign.recovered(System.nanoTime() - begun);
                    assertEquals(List.of(SharedFolder.LOCK, "file"), folder.names());
                }
                System.out.println(
                        left
                                + " versions in the making were left and deleted; "
                                + readers.versions()
                                + " versions read");
                assertTrue(readers.versions() > rounds, "the readers read");
                campaign.succeeded();
            }
        }
    }

    private static ByteBuffer content(long number) {
        return ByteBuffer.wrap(Content.message(number, FileReaders.MAX));
    }

    /** Returns the number of the version that a dead publisher has left. */
    private static long published(
            FileExchange exchange, long before, Victim victim, Campaign campaign) throws Exception {
        List<Long> committed = victim.values('P');
        long least = committed.isEmpty() ? before : committed.getLast();
        long most = victim.diedDoing('p') ? least + 1 : least;
        try (FileVersion version = exchange.read().orElseThrow()) {
            OptionalLong found =
                    Content.sequence(ByteBuffer.wrap(version.bytes()), FileReaders.MAX);
            long number = found.orElseThrow();
            assertTrue(
                    least <= number && number <= most,
                    number + " is there, of " + least + " to " + most);
            campaign.uncertain((int) (most - least));
            return number;
        }
    }

    private static int drafts(SharedFolder folder) throws Exception {
        List<String> names = folder.names();
        assertTrue(names.size() <= 3, "more than one is left: " + names);
        return names.size() - 2;
    }
}
