// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedObjectProvider;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/**
 * What holds for every provider of named objects, and what it declares.
 *
 * @param <P> the provider interface
 */
public abstract class ProviderContract<P extends NamedObjectProvider> extends ProviderFixture<P> {
    /** For subclasses. */
    protected ProviderContract() {}

    /**
     * A provider declares a name, its availability and its capabilities, the same each time, and
     * without side effects.
     */
    @Test
    protected void declaresItself() {
        assertFalse(provider().name().isBlank());
        assertEquals(provider().name(), provider().name());
        assertTrue(provider().availability().isAvailable());
        assertEquals(provider().capabilities(), provider().capabilities());
        assertTrue(provider().rank() >= 0);
    }

    /** The set of capabilities is immutable. */
    @Test
    protected void capabilitiesAreImmutable() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> provider().capabilities().remove(Capability.CROSS_PROCESS));
    }

    /** A null name is a {@link NullPointerException} when it is removed. */
    @Test
    protected void refusesToRemoveNull() {
        assertThrows(NullPointerException.class, () -> provider().remove(null));
    }

    /**
     * There is nothing to be found and nothing to be removed under a name that nobody has used.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void findsNothingUnderAFreshName() throws Exception {
        IpcName name = fresh();
        assertNotNull(provider().find(name));
        assertEquals(Optional.empty(), provider().find(name));
        assertFalse(provider().remove(name));
    }
}
