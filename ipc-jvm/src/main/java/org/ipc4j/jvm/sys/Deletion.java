// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Deletes files so that their names are free at once, also while somebody has them open. Every
 * method is {@link FileWork}.
 *
 * <p>On Windows a file that is deleted may keep its name until everybody has closed it, and nobody
 * can open or create that name meanwhile; and a file that is mapped is not deleted at all. So there
 * it is moved away first, under a name of no meaning.
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-deletefilew">DeleteFileW</a>
 */
public final class Deletion {
    private static final String GONE = ".ipc4j-gone.";

    private Deletion() {}

    /**
     * Deletes a file.
     *
     * @return {@code false} if there was none
     */
    public static boolean delete(Path file) throws IOException {
        if (!Place.WINDOWS) {
            return Files.deleteIfExists(file);
        }
        Path gone = file.resolveSibling(GONE + Names.random());
        try {
            Files.move(file, gone);
        } catch (NoSuchFileException e) {
            return false;
        }
        deleteNowOrLater(gone);
        return true;
    }

    /** Deletes what was moved away while it was mapped, as far as it no longer is. */
    static void sweep(Path directory) throws IOException {
        if (!Place.WINDOWS) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Deletion::isGone)) {
            files.forEach(Deletion::deleteNowOrLater);
        }
    }

    private static boolean isGone(Path file) {
        String name = Objects.toString(file.getFileName());
        return name.startsWith(GONE) && Names.isRandom(name.substring(GONE.length()));
    }

    private static void deleteNowOrLater(Path gone) {
        try {
            Files.deleteIfExists(gone);
        } catch (IOException e) {
            return; // somebody has it mapped; the next sweep may find it free
        }
    }
}
