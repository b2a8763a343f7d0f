// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MechanismProvider;
import org.junit.jupiter.api.Test;

/**
 * What every provider declares.
 *
 * @param <P> the provider interface
 */
public abstract class MechanismContract<P extends MechanismProvider> extends ProviderFixture<P> {
    /** For subclasses. */
    protected MechanismContract() {}

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
}
