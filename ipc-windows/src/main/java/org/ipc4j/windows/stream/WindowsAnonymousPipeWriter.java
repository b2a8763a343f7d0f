// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.stream.AnonymousPipeWriter;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A writing end of a pipe under a random name. A program that is to have it connects once more, by
 * that name.
 */
final class WindowsAnonymousPipeWriter extends WindowsPipeWriter implements AnonymousPipeWriter {
    WindowsAnonymousPipeWriter(PipeClient.Connected connected) throws IpcException {
        super(connected);
    }

    @Override
    public Redirect redirect() {
        return Redirect.to(path().orElseThrow().toFile());
    }

    @Override
    public Optional<Path> path() {
        Arguments.requireOpen(isOpen(), name());
        return Optional.of(Path.of(key()));
    }
}
