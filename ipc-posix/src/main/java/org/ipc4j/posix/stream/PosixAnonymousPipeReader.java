// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.AnonymousPipeReader;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The reading end of a pipe without a name. It takes no more out of the pipe than is asked for, so
 * that whoever gets the end next finds the rest.
 */
final class PosixAnonymousPipeReader extends PosixPipeReader
        implements AnonymousPipeReader, PassableHandle {
    PosixAnonymousPipeReader(PipeEnd end) {
        super(end, false);
    }

    @Override
    public Redirect redirect() {
        return Redirect.from(AnonymousEnd.file(end));
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(AnonymousEnd.path(end));
    }

    @Override
    public NativeHandle handle() {
        return end.descriptor;
    }

    @Override
    protected void implCloseChannel() {
        end.descriptor.close();
    }
}
