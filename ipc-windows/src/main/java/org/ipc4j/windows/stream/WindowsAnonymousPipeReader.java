// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.spi.Arguments;
import org.ipc4j.stream.AnonymousPipeReader;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The reading end of a pipe under a random name: the server, which nobody else can be. To hand it
 * over, the writer becomes the server.
 */
final class WindowsAnonymousPipeReader extends WindowsPipeReader implements AnonymousPipeReader {
    private final WindowsAnonymousPipeWriter writer;

    WindowsAnonymousPipeReader(Listening listening, WindowsAnonymousPipeWriter writer) {
        super(listening);
        this.writer = writer;
    }

    @Override
    public Redirect redirect() {
        return Redirect.from(
                path().orElseThrow(() ->
                                new UnsupportedOperationException(
                                        "Windows connects a program with this process, not with"
                                                + " another program, and what is written already"
                                                + " is this process's; hand the reading end to the"
                                                + " program before anything else is done with the"
                                                + " pipe, or connect programs with"
                                                + " ProcessBuilder.startPipeline"))
                        .toFile());
    }

    @Override
    public Optional<Path> path() {
        Arguments.requireOpen(isOpen(), name());
        return writer.pathForReaders();
    }

    @Override
    protected void implCloseChannel() {
        super.implCloseChannel();
        writer.readerIsClosed();
    }
}
