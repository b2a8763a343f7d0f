// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedObjectProvider;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/**
 * What holds for every provider of named objects.
 *
 * @param <P> the provider interface
 */
public abstract class ProviderContract<P extends NamedObjectProvider> extends MechanismContract<P> {
    /** For subclasses. */
    protected ProviderContract() {}

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
