// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Says why there are no named pipe servers in plain Java, and what to use instead. */
public final class JvmNamedPipeServerProvider implements NamedPipeServerProvider {
    private static final String REASON =
            "only Windows has named pipe servers, and only module org.ipc4j.windows reaches them;"
                    + " elsewhere use local sockets, or a NamedPipe for each direction";

    /** Does nothing. */
    public JvmNamedPipeServerProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return Availability.unavailable(REASON);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public NamedPipeServer create(IpcName name, NamedPipeServerOptions options) {
        throw absent();
    }

    @Override
    public Optional<NamedPipeConnection> connect(IpcName name, Access access, Duration timeout) {
        throw absent();
    }

    @Override
    public String nativeKey(IpcName name) {
        throw absent();
    }

    @Override
    public boolean remove(IpcName name) {
        return false;
    }

    private static UnsupportedOperationException absent() {
        return new UnsupportedOperationException(REASON);
    }
}
