// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import org.ipc4j.IpcException;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;
import org.ipc4j.stream.PipeReader;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Pipes without names as the contracts make them. */
final class AnonymousPipes {
    private final AnonymousPipeProvider provider;
    private final Consumer<AutoCloseable> closing;
    private final Map<PipeReader, AnonymousPipe> pipes = new IdentityHashMap<>();

    AnonymousPipes(AnonymousPipeProvider provider, Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.closing = closing;
    }

    synchronized AnonymousPipeReader reader() throws IpcException {
        AnonymousPipe pipe = provider.open();
        closing.accept(pipe);
        pipes.put(pipe.reader(), pipe);
        return pipe.reader();
    }

    /** The other end of a pipe whose reader came from here. */
    synchronized AnonymousPipeWriter writer(PipeReader reader) {
        return pipes.get(reader).writer();
    }
}
