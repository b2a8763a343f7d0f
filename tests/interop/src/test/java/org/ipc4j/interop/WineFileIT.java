// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Windows processes that lock, publish and read one file: JVMs of both providers, and C. */
@WineInterop
class WineFileIT {
    static Stream<Arguments> meetings() {
        Launcher windows = WineLauncher.jvm("windows");
        Launcher jvm = WineLauncher.jvm("jvm");
        return Stream.of(
                Arguments.of(windows, windows),
                Arguments.of(windows, jvm),
                Arguments.of(windows, WineLauncher.c()),
                Arguments.of(jvm, WineLauncher.c()));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("meetings")
    void locksExclude(Launcher first, Launcher second) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer one = first.start();
                Peer other = second.start()) {
            String file = WineLauncher.path(folder.file());
            one.ok("file open " + file);
            other.ok("file open " + file);
            FileLockIT.locksExclude(one, other);
            FileLockIT.locksExclude(other, one);
        }
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("meetings")
    void versionsArriveBothWays(Launcher first, Launcher second) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer one = first.start();
                Peer other = second.start()) {
            String file = WineLauncher.path(folder.file());
            one.ok("file at " + file);
            other.ok("file at " + file);
            FileExchangeIT.versionsArriveBothWays(one, other);
            assertEquals(List.of(SharedFolder.LOCK, "file"), folder.names());
        }
    }
}
