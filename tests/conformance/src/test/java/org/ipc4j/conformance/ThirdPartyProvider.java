// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.util.Set;

/**
 * A provider that children find on their class path; it has the rank of system property {@code
 * third.rank}.
 */
public class ThirdPartyProvider implements NamedSemaphoreProvider {
    /** For the service loader. */
    public ThirdPartyProvider() {}

    /** One that cannot be made. */
    public static final class Failing extends ThirdPartyProvider {
        /** Says why. */
        public Failing() {
            throw new IllegalStateException("has no licence");
        }
    }

    @Override
    public String name() {
        return "third";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public int rank() {
        return Integer.getInteger("third.rank");
    }

    @Override
    public NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) {
        throw new UnsupportedOperationException("third created");
    }

    @Override
    public NamedSemaphore open(IpcName name, Access access) {
        throw new UnsupportedOperationException("third opened");
    }

    @Override
    public String nativeKey(IpcName name) {
        return "third:" + name.value();
    }

    @Override
    public boolean remove(IpcName name) {
        return false;
    }
}
