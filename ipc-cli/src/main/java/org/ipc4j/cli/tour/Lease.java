// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The right to use some names, which the kernel takes back when this process dies, however it dies.
 *
 * <p>It is a file in the temporary directory whose random name is the prefix of the names, and
 * which is locked as long as the tour goes on. The file of a killed tour is one that can be locked:
 * whoever comes next deletes the names that belong to it, and then the file. A tour that is going
 * on is never touched, so several can, and containers that share the system's names but no
 * temporary directory do not meet at all.
 */
final class Lease implements AutoCloseable {
    private static final String PREFIX = "ipc-tour-";
    private static final String SUFFIX = ".lease";

    private final Path file;
    private final FileChannel lock;

    private Lease(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Takes a lease on fresh names. */
    static Lease take(Path directory) throws IOException {
        while (true) {
            Path file =
                    Files.createTempFile(
                            directory, PREFIX, SUFFIX); // with permissions for the owner only
            Optional<Lease> lease = lock(file);
            // In the moment before it was locked, another tour may have taken it for a dead one's
            // and deleted it.
            if (lease.isPresent() && Files.exists(file)) {
                return lease.get();
            }
            if (lease.isPresent()) {
                lease.get().lock.close();
            }
        }
    }

    /** Deletes what killed tours of this user have left behind, as far as that is possible. */
    static List<Path> sweep(Path directory) throws IOException {
        List<Path> dead = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Lease::isLease)) {
            for (Path file : files) {
                try {
                    Optional<Lease> lease = lock(file);
                    if (lease.isPresent()) {
                        lease.get().close();
                        dead.add(file);
                    }
                } catch (IOException e) {
                    // another user's, or deleted meanwhile, or its names cannot be deleted now: the
                    // file stays for later
                }
            }
        }
        return dead;
    }

    /**
     * Others may plant what they like in a temporary directory: to open a FIFO, for example, would
     * wait for ever.
     */
    private static boolean isLease(Path file) {
        return file.getFileName().toString().matches(PREFIX + "[0-9]+\\" + SUFFIX)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns nothing if another process has the lock. */
    private static Optional<Lease> lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (channel.tryLock() != null) {
            return Optional.of(new Lease(file, channel));
        }
        channel.close();
        return Optional.empty();
    }

    TourNames names() {
        String name = file.getFileName().toString();
        return new TourNames(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Deletes the names, and then gives up the right to them. */
    @Override
    public void close() throws IOException {
        try (lock) {
            names().removeAll();
            Files.deleteIfExists(file);
        }
    }
}
