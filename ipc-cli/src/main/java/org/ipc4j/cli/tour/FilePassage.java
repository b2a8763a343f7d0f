// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.file.Publication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Two files that are replaced all at once: one has a piece of the content, the other, which the
 * receiver publishes, says that it has got it. Each waits for the other's next version.
 */
record FilePassage() implements Passage {
    private static final int PIECE = 16 << 20;
    private static final int CHUNK = 1 << 16;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    @Override
    public String word() {
        return "file";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.FILE_EXCHANGE;
    }

    /** What it has is its owner's business, as everything of a tour. */
    @Override
    public Sender create(TourNames names) throws IOException {
        Path folder = names.folder(this);
        boolean hasPermissions =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectory(
                folder,
                hasPermissions
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0]);
        return new Versions(folder);
    }

    private static FileExchange pieces(Path folder) throws IOException {
        return FileExchange.at(folder.resolve("piece"));
    }

    private static FileExchange receipts(Path folder) throws IOException {
        return FileExchange.at(folder.resolve("received"));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        Path folder = names.folder(this);
        try (FileExchange pieces = pieces(folder);
                FileExchange receipts = receipts(folder)) {
            receipt.ready();
            long seen = 0;
            long size;
            do {
                try (FileVersion piece = next(pieces, seen, patience)) {
                    seen = piece.generation();
                    size = piece.size();
                    read(piece, receipt);
                }
                receipts.publish(ByteBuffer.allocate(0));
            } while (size > 0);
        }
    }

    private static void read(FileVersion piece, Receipt receipt) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (piece.channel().read(chunk) >= 0) {
            receipt.add(chunk.array(), chunk.position());
            chunk.clear();
        }
    }

    private static FileVersion next(FileExchange exchange, long after, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        FileVersion[] found = {null};
        patience.until(time -> {
            Optional<FileVersion> version = exchange.await(after, time);
            found[0] = version.orElse(null);
            return version.isPresent();
        });
        return found[0];
    }

    private static final class Versions implements Sender {
        private final FileExchange pieces;
        private final FileExchange receipts;
        private long received;
        private long count;

        Versions(Path folder) throws IOException {
            pieces = pieces(folder);
            receipts = receipts(folder);
        }

        @Override
        public String nativeKey() {
            return pieces.path().toString();
        }

        @Override
        public int chunkSize() {
            return PIECE;
        }

        @Override
        public void connect(Patience patience) {}

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            try (Publication piece = pieces.begin()) {
                piece.write(ByteBuffer.wrap(chunk, 0, length));
                piece.commit();
            }
            try (FileVersion receipt = next(receipts, received, patience)) {
                received = receipt.generation();
            }
            count += length == 0 ? 0 : 1;
        }

        @Override
        public void end(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            send(new byte[0], 0, patience);
        }

        @Override
        public String steps() {
            return count + " versions of up to " + (PIECE >> 20) + " MiB";
        }

        @Override
        public void close() {
            pieces.close();
            receipts.close();
        }
    }
}
