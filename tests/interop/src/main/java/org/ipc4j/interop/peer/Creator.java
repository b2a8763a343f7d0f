// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

/** Creates, closes and removes an object until it is killed, half-way through one of them. */
final class Creator {
    private Creator() {}

    /** Creates. */
    interface Create {
        AutoCloseable create() throws Exception;
    }

    /** Removes. */
    interface Remove {
        boolean remove() throws Exception;
    }

    static void run(Create create, Remove remove) throws Exception {
        JvmPeer.ready();
        for (long i = 0; ; i++) {
            Event.tell('c', i);
            AutoCloseable object = create.create();
            Event.tell('C', i);
            object.close();
            Event.tell('d', i);
            remove.remove();
            Event.tell('D', i);
        }
    }
}
