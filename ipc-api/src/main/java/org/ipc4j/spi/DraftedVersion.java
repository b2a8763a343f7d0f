// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.Publication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A version in the making: a file beside the one that it will replace, locked so that others see
 * that its publisher is alive.
 *
 * <p>Two moments are under the lock that all publishers of a file share: that in which a file
 * beside it is created and locked, so that nobody takes it for left over in between; and that in
 * which the next generation is chosen and the name changes. Only whoever has that lock deletes what
 * is left over.
 */
final class DraftedVersion implements Publication {
    /** Windows locks keep others from reading what is locked, so it is a byte that no file has. */
    private static final FileRange MARK = new FileRange(Long.MAX_VALUE - 2, 1);

    /** What follows {@link #prefix}, and nothing else does: other files have such names too. */
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{16}");

    /** How many bytes the disk has to have before others have to wait for the rest. */
    private static final long LARGE = 1 << 20;

    private final WaitingFileExchange exchange;
    private final LocalFile target;
    private final WaitingFileLock publishers;
    private final LocalFile temporary;
    private final FileDraft draft;
    private long size;
    private boolean committed;
    private boolean ended;

    private DraftedVersion(
            WaitingFileExchange exchange,
            LocalFile target,
            Access access,
            WaitingFileLock publishers)
            throws IpcException {
        this.exchange = exchange;
        this.target = target;
        this.publishers = publishers;
        this.temporary = new LocalFile(target.path().resolveSibling(prefix(target) + random()));
        this.draft = exchange.create(temporary.path(), access);
        try {
            draft.lock(MARK);
        } catch (Throwable e) {
            draft.close();
            exchange.delete(temporary.path());
            throw e;
        }
    }

    static DraftedVersion begin(WaitingFileExchange exchange, LocalFile target, Access access)
            throws IpcException, InterruptedException {
        WaitingFileLock publishers = publishers(exchange, target, access);
        boolean done = false;
        try {
            DraftedVersion begun =
                    exclusively(
                            exchange,
                            publishers,
                            () -> {
                                sweep(exchange, target, access);
                                return new DraftedVersion(exchange, target, access, publishers);
                            });
            done = true;
            return begun;
        } finally {
            if (!done) {
                publishers.close();
            }
        }
    }

    /** Deletes what is left over, and creates no lock for that where there is nothing. */
    static List<Path> clean(WaitingFileExchange exchange, LocalFile target, Access access)
            throws IpcException, InterruptedException {
        if (drafts(exchange, target).isEmpty()) {
            return List.of();
        }
        try (WaitingFileLock publishers = publishers(exchange, target, access)) {
            return exclusively(exchange, publishers, () -> sweep(exchange, target, access));
        }
    }

    private static String prefix(LocalFile target) {
        return "." + target.path().getFileName() + ".ipc4j-new.";
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Opens the lock that all publishers of a file share. */
    private static WaitingFileLock publishers(
            WaitingFileExchange exchange, LocalFile target, Access access) throws IpcException {
        Path lock = target.path().resolveSibling("." + target.path().getFileName() + ".ipc4j-lock");
        return exchange.lockOf(new LocalFile(lock), access);
    }

    /** Does what is done while no other publisher of the file does it. */
    private static <T> T exclusively(
            WaitingFileExchange exchange,
            WaitingFileLock publishers,
            WaitingFileExchange.Steps<T> steps)
            throws IpcException, InterruptedException {
        try (HeldFileLock held = exchange.waitFor(publishers)) {
            Objects.requireNonNull(held);
            return exchange.inOneGo(steps);
        }
    }

    /** Deletes what publishers have left behind that have died. */
    private static List<Path> sweep(WaitingFileExchange exchange, LocalFile target, Access access)
            throws IpcException {
        List<Path> deleted = new ArrayList<>();
        for (Path path : drafts(exchange, target)) {
            if (isLeft(exchange, path, access) && exchange.delete(path)) {
                deleted.add(path);
            }
        }
        return deleted;
    }

    private static List<Path> drafts(WaitingFileExchange exchange, LocalFile target)
            throws IpcException {
        String prefix = prefix(target);
        DirectoryStream.Filter<Path> drafts =
                path -> isDraft(Objects.toString(path.getFileName()), prefix);
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(target.path().getParent(), drafts)) {
            List<Path> all = new ArrayList<>();
            found.forEach(all::add);
            return all;
        } catch (DirectoryIteratorException e) {
            throw exchange.exception(e.getCause(), "list");
        } catch (IOException e) {
            throw exchange.exception(e, "list");
        }
    }

    private static boolean isDraft(String name, String prefix) {
        return name.startsWith(prefix) && NUMBER.matcher(name.substring(prefix.length())).matches();
    }

    private static boolean isLeft(WaitingFileExchange exchange, Path path, Access access) {
        try (WaitingFileLock draft = exchange.lockOf(new LocalFile(path), access)) {
            return draft.tryLock(FileLockMode.EXCLUSIVE, MARK).isPresent();
        } catch (IpcException e) {
            return false; // it is another user's
        }
    }

    @Override
    public int write(ByteBuffer source) throws IpcException {
        requireNotEnded();
        int count = source.remaining();
        draft.write(source);
        size += count;
        return count;
    }

    @Override
    public long commit() throws IpcException, InterruptedException {
        requireNotEnded();
        try {
            if (size > LARGE) {
                DiskWork.await(draft::sync); // what takes long, before others have to wait
            }
            return exclusively(exchange, publishers, this::replace);
        } finally {
            close();
        }
    }

    private long replace() throws IpcException {
        long generation;
        try {
            generation =
                    FileGeneration.next(
                            exchange.generationOrZero(),
                            time -> FileGeneration.set(temporary.path(), time));
        } catch (IpcException e) {
            throw e;
        } catch (IOException e) {
            throw exchange.exception(e, "set the time");
        }
        DiskWork.await(() -> {
            draft.sync();
            draft.replaceTarget();
        });
        committed = true;
        return generation;
    }

    private void requireNotEnded() {
        if (ended) {
            throw new IllegalStateException(
                    "this version of " + target.name() + " was committed or closed; begin another");
        }
    }

    @Override
    public boolean isOpen() {
        return !ended;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            exchange.inOneGo(() -> {
                draft.close();
                publishers.close();
                return committed || exchange.delete(temporary.path());
            });
        } catch (IpcException e) {
            return; // the next publisher sweeps it
        }
    }
}
