// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.stream.AnonymousPipeWriter;

import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A writing end of a pipe under a random name. A program that is to have it connects once more, by
 * that name.
 *
 * <p>Both programs that write and programs that read would be clients, and no client is connected
 * with another. So the first use decides whether programs can have the writing end or the reading
 * end.
 */
final class WindowsAnonymousPipeWriter extends WindowsPipeWriter implements AnonymousPipeWriter {
    private boolean used;

    /** Who reads instead of this process; null as long as nobody does. Set before the first use. */
    private ReadingPrograms programs;

    WindowsAnonymousPipeWriter(PipeClient.Connected connected) throws IpcException {
        super(connected);
    }

    @Override
    public Redirect redirect() {
        return Redirect.to(
                path().orElseThrow(() ->
                                new UnsupportedOperationException(
                                        "Windows connects a program with this process, not with"
                                                + " another program, and the reading end was handed"
                                                + " to one; connect programs with"
                                                + " ProcessBuilder.startPipeline"))
                        .toFile());
    }

    @Override
    public Optional<Path> path() {
        Arguments.requireOpen(isOpen(), name());
        return use() == null ? Optional.of(Path.of(key())) : Optional.empty();
    }

    /**
     * Lets programs read instead of this process, unless it is too late.
     *
     * @return where they connect
     */
    synchronized Optional<Path> pathForReaders() {
        if (programs == null && !used) {
            Arguments.requireOpen(isOpen(), name());
            try {
                programs = new ReadingPrograms(RandomName.fresh());
            } catch (IpcException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.ofNullable(programs).map(ReadingPrograms::key).map(Path::of);
    }

    /** No further program comes. */
    synchronized void readerIsClosed() {
        if (programs != null) {
            programs.closeToOthers();
        }
    }

    private synchronized ReadingPrograms use() {
        used = true;
        return programs;
    }

    @Override
    protected void writeNow(ByteBuffer source) throws IpcException {
        ReadingPrograms readers = use();
        if (readers == null) {
            super.writeNow(source);
        } else {
            readers.write(source);
        }
    }

    @Override
    protected void endWrite(ByteBuffer source) {
        ReadingPrograms readers = use();
        if (readers == null) {
            super.endWrite(source);
        } else {
            readers.giveUp(source);
        }
    }

    @Override
    protected void awaitRoom(long nanos) {
        ReadingPrograms readers = use();
        if (readers == null) {
            super.awaitRoom(nanos);
        } else {
            readers.awaitRoom(nanos);
        }
    }

    @Override
    int ready() {
        ReadingPrograms readers = use();
        return readers == null ? super.ready() : readers.ready();
    }

    @Override
    protected synchronized void implCloseChannel() {
        super.implCloseChannel();
        if (programs != null) {
            programs.close();
        }
    }
}
