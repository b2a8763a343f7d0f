// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.PipeWriter;

/** {@link PipeDataContract} for every {@link AnonymousPipe}. */
public abstract class AnonymousPipeDataContract extends PipeDataContract<AnonymousPipeProvider> {
    private AnonymousPipes pipes;

    /** For subclasses. */
    protected AnonymousPipeDataContract() {}

    private AnonymousPipes pipes() {
        if (pipes == null) {
            pipes = new AnonymousPipes(provider(), this::closing);
        }
        return pipes;
    }

    @Override
    protected final PipeReader reader() throws Exception {
        return pipes().reader();
    }

    @Override
    protected final PipeWriter writer(PipeReader reader) {
        return pipes().writer(reader);
    }
}
