// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The number that tells the versions of a file apart: its time of modification, in nanoseconds
 * since 1970.
 */
public final class FileGeneration {
    /** What file systems can tell apart: ext4 and tmpfs, NTFS, network drives, FAT. */
    private static final long[] RESOLUTIONS = {
        1, 100, 1_000, 1_000_000, 1_000_000_000, 2_000_000_000
    };

    /** Programs that make archives set times back to the beginning of all, or before. */
    private static final long LEAST = 1;

    private FileGeneration() {}

    /**
     * Returns the generation of the version that a path leads to now.
     *
     * @param file the path; a symbolic link is not followed
     * @return the generation, 1 or more
     * @throws NoSuchFileException if nothing is there
     * @throws IOException if it cannot be looked at
     */
    public static long of(Path file) throws IOException {
        return of(Files.getLastModifiedTime(file, NOFOLLOW_LINKS));
    }

    /**
     * Returns the generation of a version.
     *
     * @param modified when it was modified
     * @return the generation, 1 or more
     */
    public static long of(FileTime modified) {
        return Math.max(LEAST, modified.to(TimeUnit.NANOSECONDS));
    }

    /** A file's time of modification, as it is set. */
    @FunctionalInterface
    public interface Clock {
        /**
         * Sets the time.
         *
         * @param time the time
         * @return what the file system keeps of it
         * @throws IOException if it cannot be set
         */
        FileTime set(FileTime time) throws IOException;
    }

    /**
     * Sets the time of the file that a path leads to.
     *
     * @param file the path
     * @param time the time
     * @return what the file system keeps of it
     * @throws IOException if it cannot be set
     */
    public static FileTime set(Path file, FileTime time) throws IOException {
        Files.setLastModifiedTime(file, time);
        return Files.getLastModifiedTime(file, NOFOLLOW_LINKS);
    }

    /**
     * Gives a file that is about to replace another one the generation that comes next.
     *
     * @param before the generation of the version before, 0 if there is none
     * @param clock sets the file's time
     * @return the generation, as the file system keeps it: the present time if that is greater than
     *     {@code before}, else the smallest that is
     * @throws IOException if the file's time cannot be set
     */
    public static long next(long before, Clock clock) throws IOException {
        Instant now = Instant.now();
        long present = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        long least = Math.max(present, before + 1);
        for (long resolution : RESOLUTIONS) {
            long rounded = Math.ceilDiv(least, resolution) * resolution;
            long kept = of(clock.set(FileTime.from(rounded, TimeUnit.NANOSECONDS)));
            if (kept > before) {
                return kept;
            }
        }
        throw new IOException("the file system does not keep a time after " + before + " ns");
    }
}
