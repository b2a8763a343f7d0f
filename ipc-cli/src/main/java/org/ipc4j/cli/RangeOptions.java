// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileLockProvider;

import picocli.CommandLine.Option;

import java.util.Optional;

/** The options {@code --offset} and {@code --length}: what part of a file a lock is about. */
final class RangeOptions {
    @Option(
            names = "--offset",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description = "Lock from here on (0). The bytes need not exist.")
    private long offset;

    @Option(
            names = "--length",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description = "How many bytes (all that may ever follow).")
    private Long length;

    FileRange value() {
        return new FileRange(offset, length == null ? Long.MAX_VALUE - offset : length);
    }

    /** Who is in the way, for a message; empty where the system does not tell. */
    static String holder(SharedFileLock locks, FileLockMode mode, FileRange range)
            throws IpcException {
        if (!Ipc.provider(FileLockProvider.class).capabilities().contains(Capability.LOCK_HOLDER)) {
            return "";
        }
        Optional<FileLockHolder> holder = locks.holder(mode, range);
        return holder.isPresent() && holder.get().pid().isPresent()
                ? " beside that of process " + holder.get().pid().getAsLong()
                : "";
    }
}
