// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;

/** {@link PipeChannelContract} for every {@link NamedPipe}, and what follows for its name. */
public abstract class NamedPipeChannelContract extends PipeChannelContract<NamedPipeProvider> {
    /** For subclasses. */
    protected NamedPipeChannelContract() {}

    private Pipes pipes() {
        return new Pipes(provider(), this::fresh, this::closing);
    }

    @Override
    protected final NamedPipeReader reader() throws Exception {
        return pipes().reader();
    }

    @Override
    protected final NamedPipeWriter writer(PipeReader reader) throws Exception {
        return pipes().writer((NamedPipeReader) reader);
    }

    /**
     * A reader that is closed by an interrupt gives up its name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptFreesTheName() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            NamedPipeReader reader = reader();
            Task.start(kind, () -> reader.read(ByteBuffer.allocate(1)))
                    .assertWaiting()
                    .interrupt()
                    .failure(ClosedByInterruptException.class);
            assertFalse(reader.isOpen());
            assertEquals(Optional.empty(), provider().find(reader.name()));
        }
    }

    /**
     * A closed reader does not wait for a writer.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesToAwaitAWriterAfterClose() throws Exception {
        NamedPipeReader reader = reader();
        reader.close();
        assertThrows(ClosedChannelException.class, () -> reader.awaitWriter(LONG));
    }
}
