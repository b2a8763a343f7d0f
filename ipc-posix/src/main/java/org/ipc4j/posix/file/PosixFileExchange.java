// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileVersion;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.RegularFile;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.FileDraft;
import org.ipc4j.spi.FileGeneration;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.OpenFileVersion;
import org.ipc4j.spi.WaitingFileExchange;
import org.ipc4j.spi.WaitingFileLock;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file that is replaced by {@code rename(2)}, and watched by {@code inotify(7)}. */
final class PosixFileExchange extends WaitingFileExchange {
    private final LocalFile file;

    PosixFileExchange(LocalFile file, Access access) {
        super(file, access, true);
        this.file = file;
    }

    @Override
    protected WaitingFileLock lockOf(LocalFile path, Access access) throws IpcException {
        return PosixFileLock.createOrOpen(path, access);
    }

    @Override
    protected FileDraft create(Path path, Access access) throws IpcException {
        return new PosixFileDraft(new LocalFile(path), file, access);
    }

    /**
     * What is behind the descriptor stays what it is, whatever comes to the path; so the generation
     * that is read there is that of the content that is read there. The JDK opens the same file
     * through the descriptor.
     */
    @Override
    protected FileVersion open(Access access) throws IpcException {
        RegularFile.Opened opened = RegularFile.look(file, access, Abi.O_RDONLY);
        try {
            return new OpenFileVersion(
                    FileGeneration.of(opened.facts().modified()),
                    FileChannel.open(OpenFile.path(opened.fd()), StandardOpenOption.READ));
        } catch (IOException e) {
            throw exception(e, "open");
        } finally {
            UnistdCalls.close(opened.fd());
        }
    }

    @Override
    protected boolean delete(Path path) throws IpcException {
        int result = UnistdCalls.unlink(path.toString());
        return PosixErrors.removed(result, "unlink", name(), path.toString());
    }

    @Override
    protected Optional<Watch> watch() throws IpcException {
        LocalFile folder = new LocalFile(file.path().getParent());
        return FolderWatch.of(folder).map(Watching::new);
    }

    /** A watch of the directory, for one thread. */
    private record Watching(FolderWatch folder) implements Watch {
        @Override
        public void await(long nanos) {
            folder.await(nanos);
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    @Override
    protected IpcException exception(IOException failure, String call) {
        return RegularFile.exception(failure, call, file);
    }
}
