// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.spi.MechanismProvider;

/** What all providers of this module say of themselves. */
public interface PosixProvider extends MechanismProvider {
    @Override
    default String name() {
        return "posix";
    }

    @Override
    default int rank() {
        return NATIVE_RANK;
    }
}
