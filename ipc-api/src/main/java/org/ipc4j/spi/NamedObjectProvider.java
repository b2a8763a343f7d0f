// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import java.util.Optional;

/** What every provider of named objects declares besides. */
public interface NamedObjectProvider extends MechanismProvider {
    /**
     * Returns the native key that a name stands for with this provider, whether there is such an
     * object or not.
     *
     * @param name a name
     * @return the key; two providers whose objects of a name are the same object give the same key
     * @throws IllegalArgumentException if this system can have no object of that name
     */
    String nativeKey(IpcName name);

    /**
     * Looks for this provider's object under a name, without opening it.
     *
     * <p>Before an object is created or opened, the other providers of the mechanism are asked. If
     * one of them has an object under that name which is not the same object, the caller gets
     * {@link org.ipc4j.IncompatibleException} rather than a second object. So this is asked of an
     * unavailable provider too, which answers as well as it can.
     *
     * @param name a portable name
     * @return the object's native key, or empty if there is no such object or it cannot be known;
     *     two providers that lead to the same object give the same key
     */
    default Optional<String> find(IpcName name) {
        return Optional.empty();
    }

    /**
     * Deletes a name. Who has the object open keeps it.
     *
     * @param name the name
     * @return {@code false} if there was no such name, or the system has no names that can be
     *     deleted (then {@link Capability#REMOVABLE_NAME} is absent)
     * @throws IpcException if the system refuses
     */
    boolean remove(IpcName name) throws IpcException;
}
