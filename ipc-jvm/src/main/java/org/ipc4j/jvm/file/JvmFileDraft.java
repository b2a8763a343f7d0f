// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.Permissions;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.FileDraft;
import org.ipc4j.spi.LocalFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** A file that is written, forced to the disk, and moved. */
final class JvmFileDraft implements FileDraft {
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final IpcName name;
    private final Path path;
    private final Path target;
    private final Access access;
    private final FileChannel channel;

    /** Null until a part is locked. */
    private JvmFileLock alive;

    JvmFileDraft(Path path, Path target, Access access) throws IpcException {
        this.name = IpcName.ofNative(target.toString());
        this.path = path;
        this.target = target;
        this.access = access;
        this.channel =
                FileWork.call(
                        "create",
                        name,
                        () -> {
                            Files.createFile(path, Permissions.ownerOnly(path));
                            Permissions.set(path, access);
                            return FileChannel.open(path, StandardOpenOption.WRITE);
                        });
    }

    /** All locks of this JVM are kept in one place, not with the channel that is written to. */
    @Override
    public void lock(FileRange mark) throws IpcException {
        alive = JvmFileLock.open(new LocalFile(path), access);
        alive.tryLock(FileLockMode.EXCLUSIVE, mark).orElseThrow();
    }

    @Override
    public void write(ByteBuffer source) throws IpcException {
        FileWork.call(
                "write",
                name,
                () -> {
                    while (source.hasRemaining()) {
                        channel.write(source);
                    }
                    return null;
                });
    }

    @Override
    public void sync() throws IpcException {
        FileWork.call(
                "force",
                name,
                () -> {
                    channel.force(true);
                    return null;
                });
    }

    @Override
    public void replaceTarget() throws IpcException {
        FileWork.call(
                "move",
                name,
                () -> {
                    move();
                    forceDirectory();
                    return null;
                });
    }

    /** On Windows, whoever opens the old version for a moment is waited for. */
    private void move() throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (AccessDeniedException e) {
                if (!Place.WINDOWS || System.nanoTime() - start > PATIENCE_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    /** Java opens directories as files where the system does. */
    private void forceDirectory() throws IOException {
        if (!Place.WINDOWS) {
            try (FileChannel directory =
                    FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    @Override
    public void close() {
        try {
            FileWork.call(() -> {
                channel.close();
                return null;
            });
            if (alive != null) {
                alive.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was written is forced or discarded", e);
        }
    }
}
