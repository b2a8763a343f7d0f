// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Keeps the name of a file as long as the file is in use, on Windows. Nobody can delete or move a
 * file there that somebody has open without sharing that; whether a file can be deleted or moved
 * that is only mapped depends on the version and the file system. Elsewhere a name can always go,
 * and this does nothing.
 *
 * <p>{@code java.io} opens files there without sharing deletion, other than {@code java.nio}.
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/fileio/creating-and-opening-files">FILE_SHARE_DELETE</a>
 */
public final class NameGuard implements AutoCloseable {
    /** Guards nothing. */
    public static final NameGuard NONE = new NameGuard(null);

    private final FileInputStream file;

    private NameGuard(FileInputStream file) {
        this.file = file;
    }

    /**
     * Guards a name. Is {@link FileWork}.
     *
     * @throws NoSuchFileException if it cannot be opened, for whatever reason
     */
    public static NameGuard of(Path path) throws IOException {
        if (!Place.WINDOWS) {
            return NONE;
        }
        try {
            return new NameGuard(new FileInputStream(path.toFile()));
        } catch (FileNotFoundException e) {
            throw new NoSuchFileException(path.toString(), null, e.getMessage());
        }
    }

    /** Guards the name of a file that this process has open, unless it is gone already. */
    public static NameGuard ifPresent(Path path) throws IOException {
        try {
            return of(path);
        } catch (NoSuchFileException removed) {
            return NONE;
        }
    }

    /**
     * Deletes a file. Is {@link FileWork}.
     *
     * @return {@code false} if there was none, or its name is guarded
     */
    public static boolean deleteUnlessGuarded(Path path) throws IOException {
        try {
            return Deletion.delete(path);
        } catch (FileSystemException e) {
            // The JDK has no class of its own for ERROR_SHARING_VIOLATION, as it has for others.
            if (Place.WINDOWS && e.getClass() == FileSystemException.class) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a file that was only opened", e);
        }
    }
}
