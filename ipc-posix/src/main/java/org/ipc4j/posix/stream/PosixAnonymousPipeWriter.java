// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.AnonymousPipeWriter;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;

/** A writing end of a pipe without a name. */
final class PosixAnonymousPipeWriter extends PosixPipeWriter
        implements AnonymousPipeWriter, PassableHandle {
    PosixAnonymousPipeWriter(PipeEnd end) {
        super(end);
    }

    @Override
    public Redirect redirect() {
        return Redirect.to(AnonymousEnd.file(end));
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(AnonymousEnd.path(end));
    }

    @Override
    public NativeHandle handle() {
        return end.descriptor;
    }
}
