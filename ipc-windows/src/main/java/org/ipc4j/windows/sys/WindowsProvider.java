// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedObjectProvider;

import java.util.Objects;

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
}
