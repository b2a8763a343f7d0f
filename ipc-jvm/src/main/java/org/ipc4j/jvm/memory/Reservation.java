// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.jvm.sys.NewFile;
import org.ipc4j.spi.AvailableMemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reserves space by writing zeros. A sparse file would promise what is not there, and the first
 * write beyond what is there would be a fault.
 */
final class Reservation {
    private static final int CHUNK = 1 << 18;

    private Reservation() {}

    /** Begins a file, zeroed and of its full size. */
    static NewFile begin(IpcName name, Path path, long byteSize, Access access) throws IOException {
        if (Files.exists(path, NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    path.toString()); // before all those zeros are written
        }
        requireSpace(name, path, byteSize);
        NewFile file = NewFile.begin(path, access);
        try {
            writeZeros(file.channel(), byteSize);
            return file;
        } catch (IOException e) {
            file.close(); // gives back the space before it is asked how much there is
            throw refused(name, path, byteSize, e);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /**
     * Makes a file longer. Others may do so at the same time and have written behind its end
     * already; so zeros go where the end is by then, which the system finds out when it writes.
     *
     * @param end the file, opened for appending
     * @param from how long it was when somebody looked
     * @param to how long it shall be at least
     */
    static void extend(IpcName name, Path path, FileChannel end, long from, long to)
            throws IOException {
        requireSpace(name, path, to - from);
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(CHUNK, to - from));
        try {
            for (long size = end.size(); size < to; size = end.size()) {
                end.write(zeros.clear().limit((int) Math.min(zeros.capacity(), to - size)));
            }
        } catch (IOException e) {
            throw refused(name, path, to - from, e);
        }
    }

    private static void requireSpace(IpcName name, Path path, long byteSize) throws IOException {
        AvailableMemory.requireIn(name, path.getParent(), byteSize);
        long free = path.getParent().toFile().getUsableSpace(); // 0 also if that is not known
        if (free > 0 && byteSize > free) { // no disk is filled to find that out
            throw refused(name, path, byteSize, "it has not that much space");
        }
    }

    private static IpcException refused(IpcName name, Path path, long byteSize, IOException e)
            throws IOException {
        IpcException refusal = refused(name, path, byteSize, e.getMessage());
        refusal.initCause(e);
        return refusal;
    }

    private static void writeZeros(FileChannel file, long byteSize) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(CHUNK, byteSize));
        long written = 0;
        while (written < byteSize) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), byteSize - written));
            written += file.write(zeros, written);
        }
    }

    private static IpcException refused(IpcName name, Path path, long byteSize, String reason)
            throws IOException {
        FileStore store = Files.getFileStore(path.getParent());
        return new ResourceLimitException(
                name,
                "the file system "
                        + store
                        + " does not take "
                        + byteSize
                        + " bytes ("
                        + reason
                        + "); "
                        + store.getUsableSpace()
                        + " are free: ask for less, remove what nobody needs, or enlarge it");
    }
}
