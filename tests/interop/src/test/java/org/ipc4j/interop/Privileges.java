// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What only root may do: other users, namespaces, limits. */
final class Privileges {
    private static final boolean ROOT =
            Run.run("unshare", "--mount", "--pid", "--ipc", "--fork", "id", "-u")
                    .text()
                    .equals("0");

    private Privileges() {}

    static boolean isRoot() {
        return ROOT;
    }

    /**
     * Skips the test where there are no privileges; {@code -Dipc.require.root=true} makes that a
     * failure.
     */
    static void assumeRoot() {
        if (Boolean.getBoolean("ipc.require.root") && !ROOT) {
            throw new IllegalStateException(
                    "-Dipc.require.root=true, but this is not root, or it may not make namespaces");
        }
        assumeTrue(ROOT, "needs root, which may make namespaces and become another user");
    }

    /** Starts a program as a container does: in namespaces of its own, but for {@code /dev/shm}. */
    static Launcher inContainer(Launcher launcher) {
        return launcher.under(
                "unshare",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--fork",
                "--kill-child",
                "--mount-proc");
    }
}
