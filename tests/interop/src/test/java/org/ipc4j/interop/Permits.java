// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.ipc4j.sync.NamedSemaphore;

import java.time.Duration;

/** A semaphore as survivors see it: this JVM, or a peer where this JVM cannot be. */
interface Permits {
    String nativeKey();

    boolean tryAcquire(Duration timeout) throws Exception;

    void release() throws Exception;

    int available() throws Exception;

    /** Those of a semaphore that this JVM has open. */
    static Permits of(NamedSemaphore semaphore) {
        return new Permits() {
            @Override
            public String nativeKey() {
                return semaphore.nativeKey();
            }

            @Override
            public boolean tryAcquire(Duration timeout) throws Exception {
                return semaphore.tryAcquire(timeout);
            }

            @Override
            public void release() throws Exception {
                semaphore.release();
            }

            @Override
            public int available() throws Exception {
                return semaphore.availablePermits();
            }
        };
    }

    /** Those of the semaphore that a peer has open under that key. */
    static Permits of(Peer peer, String nativeKey) {
        return new Permits() {
            @Override
            public String nativeKey() {
                return nativeKey;
            }

            @Override
            public boolean tryAcquire(Duration timeout) {
                return peer.does("sem timedwait " + timeout.toMillis());
            }

            @Override
            public void release() {
                peer.ok("sem post");
            }

            @Override
            public int available() {
                return Integer.parseInt(peer.ok("sem value"));
            }
        };
    }
}
