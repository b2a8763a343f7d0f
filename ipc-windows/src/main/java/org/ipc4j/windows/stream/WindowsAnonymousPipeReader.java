// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.spi.Arguments;
import org.ipc4j.stream.AnonymousPipeReader;

import java.nio.file.Path;
import java.util.Optional;

/** The reading end of a pipe under a random name: the server, which nobody else can be. */
final class WindowsAnonymousPipeReader extends WindowsPipeReader implements AnonymousPipeReader {
    WindowsAnonymousPipeReader(Listening listening) {
        super(listening);
    }

    @Override
    public ProcessBuilder.Redirect redirect() {
        throw new UnsupportedOperationException(
                "on Windows only the process that has made a pipe can read from it; write to the"
                        + " program's standard input with Redirect.PIPE, or let it connect to a"
                        + " NamedPipeServer");
    }

    @Override
    public Optional<Path> path() {
        Arguments.requireOpen(isOpen(), name());
        return Optional.empty();
    }
}
