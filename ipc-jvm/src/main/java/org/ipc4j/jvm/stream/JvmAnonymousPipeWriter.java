// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcName;
import org.ipc4j.stream.AnonymousPipeWriter;

import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.Optional;

/** The writing end of a {@link Pipe}, whose descriptor the JDK keeps for itself. */
final class JvmAnonymousPipeWriter extends JvmPipeWriter implements AnonymousPipeWriter {
    JvmAnonymousPipeWriter(IpcName name, Pipe.SinkChannel channel) {
        super(name, channel);
    }

    @Override
    public ProcessBuilder.Redirect redirect() {
        throw JvmAnonymousPipeProvider.oneProcess();
    }

    @Override
    public Optional<Path> path() {
        return Optional.empty();
    }
}
