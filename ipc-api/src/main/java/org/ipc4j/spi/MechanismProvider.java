// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What every provider declares, whatever its mechanism.
 *
 * <p>A provider has a public constructor without parameters, which does nothing: all providers of a
 * mechanism are created, also those that turn out to be unavailable. Methods that are added to a
 * provider interface later are {@code default} methods.
 */
public interface MechanismProvider {
    /** The rank of a provider that uses the operating system's own object. */
    int NATIVE_RANK = 100;

    /**
     * Returns the provider's name, as system properties and the report use it.
     *
     * @return for example {@code posix}
     */
    String name();

    /**
     * Tells whether the provider can work here. Has no side effects.
     *
     * @return available, or unavailable with the reason and, where one would help, the flag to pass
     */
    Availability availability();

    /**
     * Tells what this provider does beyond what every provider does.
     *
     * @return an immutable set
     */
    Set<Capability> capabilities();

    /**
     * Decides between available providers: the highest rank is chosen.
     *
     * @return {@link #NATIVE_RANK} for the system's own object, 0 for a fallback
     */
    default int rank() {
        return 0;
    }

    /**
     * Deletes what processes of this user have left behind that have died, as far as it has no name
     * of the user's, as an object has that was half made, and is proven to be of no use to anybody:
     * by a lock that goes with its process, never by age or a process id. The next use of its name
     * would do the same.
     *
     * @return what was deleted
     * @throws IpcException if the system refuses to tell what there is
     */
    default List<Path> clean() throws IpcException {
        return List.of();
    }
}
