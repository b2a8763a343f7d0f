// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.MappedFileProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes are killed while they create, write and grow a mapped file.
 *
 * <p>Promised: the file is there, complete, or it is not; what was written is there, and the file
 * is as long as it had become.
 */
@Interop
class MappedFileKillIT {
    private static final int BYTES = 300_000;
    private static final MappedFileOptions READ_ONLY =
            MappedFileOptions.DEFAULT.withMode(MappedFileMode.READ_ONLY);

    private static List<String> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(Run.folder())) {
            return all.map(file -> file.getFileName().toString())
                    .filter(file -> file.contains(name))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void whatWasWrittenIsThere(String provider) throws Exception {
        MappedFileProvider files = Ipc.provider(MappedFileProvider.class, provider);
        String name = Run.name("mmap-kill");
        Path path = Run.folder().resolve(name);
        try (Campaign campaign =
                new Campaign("writer of a mapped file", Launcher.jvm(provider), 10)) {
            while (campaign.goesOn()) {
                Victim victim = campaign.victim();
                victim.ok("mmap create " + path + " 8");
                victim.run("mmap runWriter");
                campaign.kill(List.of(victim));

                long grown = victim.values('G').stream().mapToLong(size -> size).max().orElse(8);
                List<Long> written = victim.values('W');
                try (MappedFile file = files.open(path, READ_ONLY)) {
                    assertTrue(file.byteSize() >= grown, "it is shorter than it was");
                    for (long i = 0; i < written.size(); i++) {
                        long at = i * Long.BYTES;
                        assertEquals(i, file.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, at));
                    }
                    // Of the one that was under way, all is there or nothing.
                    long next = (long) written.size() * Long.BYTES;
                    for (long at = next; at + Long.BYTES <= file.byteSize(); at += Long.BYTES) {
                        long found = file.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                        assertTrue(
                                found == 0 || (found == written.size() && at == next),
                                () -> "what nobody wrote: " + found);
                    }
                }
                campaign.uncertain(victim.diedDoing('w') || victim.diedDoing('g') ? 1 : 0);
                assertEquals(List.of(name), files(name), "left behind");
                Files.delete(path);
            }
            campaign.succeeded();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void itIsThereOrNot(String provider) throws Exception {
        MappedFileProvider files = Ipc.provider(MappedFileProvider.class, provider);
        String name = Run.name("mmap-create-kill");
        Path path = Run.folder().resolve(name);
        try (Campaign campaign =
                new Campaign("creator of a mapped file", Launcher.jvm(provider), 10)) {
            while (campaign.goesOn()) {
                Victim victim = campaign.victim();
                victim.run("mmap runCreator " + path + " " + BYTES);
                campaign.kill(List.of(victim));

                if (Files.exists(path)) {
                    assertTrue(
                            Arrays.equals(new byte[BYTES], Files.readAllBytes(path)),
                            "half a file");
                    assertTrue(victim.last() != ' ' && victim.last() != 'D');
                    Files.delete(path);
                } else {
                    assertTrue(victim.last() != 'C', "it had been created");
                }
                long begun = System.nanoTime();
                files.create(path, BYTES, Access.OWNER).close(); // cleans up, if need be
                campaign.recovered(System.nanoTime() - begun);
                campaign.uncertain(victim.diedDoing('c') || victim.diedDoing('d') ? 1 : 0);
                assertEquals(List.of(name), files(name), "left behind");
                Files.delete(path);
            }
            campaign.succeeded();
        }
    }
}
