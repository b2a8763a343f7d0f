// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedObjectProvider;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What all providers of this module say of themselves. */
public interface WindowsProvider extends NamedObjectProvider {
    @Override
    default String name() {
        return "windows";
    }

    @Override
    default int rank() {
        return NATIVE_RANK;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A name of Windows cannot be deleted: it goes with the last handle.
     *
     * @return {@code false}
     */
    @Override
    default boolean remove(IpcName name) {
        Objects.requireNonNull(name, "name");
        return false;
    }

    /**
     * Looks for an object, where that can be done. A provider is asked on other systems too, and
     * answers there without touching anything of Windows.
     *
     * @param key the object's key
     * @param isPresent whether there is an object of that key
     * @return the key, or empty
     */
    default Optional<String> ifPresent(String key, Predicate<String> isPresent) {
        return Native.availability().isAvailable() && isPresent.test(key)
                ? Optional.of(key)
                : Optional.empty();
    }
}
