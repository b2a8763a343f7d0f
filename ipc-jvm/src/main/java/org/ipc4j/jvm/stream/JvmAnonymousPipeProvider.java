// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.stream.AnonymousPipe;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Offers {@link Pipe}, between the threads of one process. */
public final class JvmAnonymousPipeProvider implements AnonymousPipeProvider {
    private static final AtomicLong COUNTER = new AtomicLong();

    /** Does nothing. */
    public JvmAnonymousPipeProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return Readiness.IN_KERNEL ? Set.of(Capability.KERNEL_WAIT) : Set.of();
    }

    @Override
    public AnonymousPipe open() throws IpcException {
        IpcName name = IpcName.ofNative("java.nio.channels.Pipe " + COUNTER.incrementAndGet());
        try {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            return new AnonymousPipe(
                    new JvmAnonymousPipeReader(name, pipe.source()),
                    new JvmAnonymousPipeWriter(name, pipe.sink()));
        } catch (IOException e) {
            throw FileErrors.exception(e, "Pipe.open", name);
        }
    }

    static UnsupportedOperationException oneProcess() {
        return new UnsupportedOperationException(
                "provider jvm has pipes within one process; take the provider of the system, or let"
                        + " the program have Redirect.PIPE, which the JDK reads and writes");
    }
}
