// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

/** A Windows program that ends others by {@code TerminateProcess}. */
final class Terminator implements Killer, AutoCloseable {
    private final Peer program = WineLauncher.c().start();

    @Override
    public Runnable aim(Peer victim) {
        String pid = victim.ok("self pid"); // not the number that the process has here
        return () -> program.ok("self terminate " + pid);
    }

    @Override
    public void close() {
        program.close();
    }

    @Override
    public String toString() {
        return "TerminateProcess";
    }
}
