// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.params.provider.Arguments;

import java.util.List;
import java.util.stream.Stream;

/** Who meets whom under Wine. */
final class WineMeetings {
    private WineMeetings() {}

    /** Objects of Windows: the native provider and C, each with each. */
    static Stream<Arguments> windows() {
        List<Launcher> all = List.of(WineLauncher.jvm("windows"), WineLauncher.c());
        return all.stream()
                .flatMap(first -> all.stream().map(second -> Arguments.of(first, second)));
    }

    /** What is composed of objects of Windows: two JVMs. */
    static Stream<Arguments> windowsJvm() {
        Launcher windows = WineLauncher.jvm("windows");
        return Stream.of(Arguments.of(windows, windows));
    }

    /** Objects of plain Java: two JVMs. */
    static Stream<Arguments> jvm() {
        Launcher jvm = WineLauncher.jvm("jvm");
        return Stream.of(Arguments.of(jvm, jvm));
    }
}
