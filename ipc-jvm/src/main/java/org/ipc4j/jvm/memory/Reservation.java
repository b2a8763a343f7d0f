// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.jvm.sys.NewFile;
import org.ipc4j.memory.SharedMemoryOptions;
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

    /** Begins the file of a shared memory object, zeroed and of its full size. */
    static NewFile begin(IpcName name, Path path, SharedMemoryOptions options) throws IOException {
        if (Files.exists(path, NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    path.toString()); // before all those zeros are written
        }
        AvailableMemory.require(name, options.byteSize());
        long free = path.getParent().toFile().getUsableSpace(); // 0 also if that is not known
        if (free > 0 && options.byteSize() > free) { // no disk is filled to find that out
            throw refused(name, path, options.byteSize(), "it has not that much space");
        }
        NewFile file = NewFile.begin(path, options.access());
        try {
            writeZeros(file.channel(), options.byteSize());
            return file;
        } catch (IOException e) {
            file.close(); // gives back the space before it is asked how much there is
            IpcException refusal = refused(name, path, options.byteSize(), e.getMessage());
            refusal.initCause(e);
            throw refusal;
        } catch (Throwable e) {
            file.close();
            throw e;
        }
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
