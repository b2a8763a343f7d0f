// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

class FileGenerationTest {
    private static long nanos(Instant time) {
        return FileTime.from(time).to(TimeUnit.NANOSECONDS);
    }

    /** As ext4 and tmpfs, NTFS, network drives and FAT keep times. */
    private static FileGeneration.Clock keeping(long resolution) {
        return time ->
                FileTime.from(
                        Math.floorDiv(time.to(TimeUnit.NANOSECONDS), resolution) * resolution,
                        TimeUnit.NANOSECONDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 1_000, 1_000_000, 1_000_000_000, 2_000_000_000})
    void theNextOneIsTheSmallestThatTheFileSystemKeeps(long resolution) throws IOException {
        long future = nanos(Instant.parse("2100-01-01T00:00:00Z"));
        assertEquals(future + resolution, FileGeneration.next(future, keeping(resolution)));
    }

    @Test
    void theNextOneIsThePresentTimeIfThatIsLater() throws IOException {
        long before = nanos(Instant.now());
        long next = FileGeneration.next(before - 1_000_000_000, keeping(1));
        assertTrue(before <= next && next <= nanos(Instant.now()), before + " " + next);
    }

    @Test
    void aFileSystemWithoutTimesIsRefused() {
        IOException refused =
                assertThrows(
                        IOException.class,
                        () -> FileGeneration.next(7, time -> FileTime.fromMillis(0)));
        assertEquals("the file system does not keep a time after 7 ns", refused.getMessage());
    }
}
