// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.file.FileVersion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A version of a file, as a channel to it and the generation that was found with it.
 *
 * @param generation which version it is
 * @param channel the open file
 */
public record OpenFileVersion(long generation, FileChannel channel) implements FileVersion {
    /**
     * Opens the version that is behind a path now, where nothing tells the times of a file that is
     * open. A generation comes once: if it is the same before the file is opened and after, it was
     * that all the time.
     *
     * @param file the file
     * @return the version
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be opened, as where it is a symbolic link
     */
    public static OpenFileVersion at(Path file) throws IOException {
        while (true) {
            long before = FileGeneration.of(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS);
            try {
                if (FileGeneration.of(file) == before
                        && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                    return new OpenFileVersion(before, channel);
                }
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public byte[] bytes() throws IOException {
        long size = channel.size();
        if (size > Integer.MAX_VALUE - 8) {
            throw new IOException(
                    "this version has " + size + " bytes, more than an array; read its channel");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, bytes.position()) < 0) {
                throw new IOException(
                        "somebody has cut this version short, from "
                                + size
                                + " bytes to "
                                + bytes.position());
            }
        }
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a file that was only read", e);
        }
    }
}
