// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

/** When an object goes, and how that is seen. */
enum Lifetime {
    /** With its last user, be that closed or dead, as Windows has it. */
    LAST_USER {
        @Override
        void end(Peer peer, String mechanism, String name) {
            peer.ok(mechanism + " close");
            peer.fails(mechanism + " open " + name, Failure.ABSENT);
        }
    },
    /** When its name is removed, which needs that nobody uses it, as files of Windows have it. */
    REMOVAL {
        @Override
        void end(Peer peer, String mechanism, String name) {
            peer.ok(mechanism + " close");
            peer.ok(mechanism + " open " + name);
            peer.ok(mechanism + " close");
            peer.ok(mechanism + " unlink " + name);
            peer.fails(mechanism + " open " + name, Failure.ABSENT);
        }
    };

    /** Ends an object that this peer alone has open still. */
    abstract void end(Peer peer, String mechanism, String name);
}
