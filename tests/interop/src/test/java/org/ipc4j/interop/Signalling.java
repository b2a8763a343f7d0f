// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Peers that send and receive signals, which are called by their numbers. */
final class Signalling {
    static final int HUP = 1;
    static final int USR1 = 10;
    static final int TERM = 15;
    static final int WINCH = 28;

    /** The first of those that queue and the C library leaves to programs, and the one after it. */
    static final int QUEUED = 35;

    static final int ALSO_QUEUED = 36;

    private Signalling() {}

    /** Started so that signals wait until they are read. */
    static Launcher blocked(Launcher launcher) {
        return launcher.under(
                "env",
                "--block-signal=" + QUEUED,
                "--block-signal=" + ALSO_QUEUED,
                "--block-signal=USR1");
    }

    /** A JVM that may use the JDK's own dispatcher. */
    static Launcher dispatching(String provider) {
        return Launcher.uncached(
                provider,
                Launcher.ModulePath.HERE,
                List.of("--add-modules", "jdk.unsupported")); // the cache is of fewer modules
    }

    /** The user of this process, as signals tell it. */
    static long user() {
        try {
            Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Integer.toUnsignedLong((int) uid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
