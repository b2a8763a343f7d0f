// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.params.provider.Arguments;

import java.util.List;
import java.util.stream.Stream;

/** Who meets whom. */
final class Meetings {
    private Meetings() {}

    static final List<String> PROVIDERS = List.of("posix", "jvm");

    /**
     * C and Python, unless they are left out by {@code -Dipc.c=false} and {@code
     * -Dipc.python=false}.
     */
    static List<Launcher> foreigners() {
        Stream<Launcher> c =
                Boolean.parseBoolean(System.getProperty("ipc.c", "true"))
                        ? Stream.of(Launcher.c())
                        : Stream.empty();
        Stream<Launcher> python =
                "false".equals(System.getProperty("ipc.python"))
                        ? Stream.empty()
                        : Stream.of(Launcher.python());
        return Stream.concat(c, python).toList();
    }

    /** The native provider with itself and with every other language, each way round. */
    static Stream<Arguments> posix() {
        return pairs(Launcher.jvm("posix"), foreigners());
    }

    /** The plain Java provider with itself. */
    static Stream<Arguments> jvm() {
        return pairs(Launcher.jvm("jvm"), List.of());
    }

    /** Shared memory is the same object for both providers and for every language. */
    static Stream<Arguments> memory() {
        Launcher posix = Launcher.jvm("posix");
        Launcher jvm = Launcher.jvm("jvm");
        return Stream.of(
                        posix(),
                        pairs(jvm, foreigners()),
                        Stream.of(Arguments.of(posix, jvm), Arguments.of(jvm, posix)))
                .flatMap(each -> each);
    }

    /** Both providers, each with those that it can meet. */
    static Stream<Arguments> all() {
        return Stream.concat(posix(), jvm());
    }

    private static Stream<Arguments> pairs(Launcher java, List<Launcher> others) {
        return Stream.concat(
                Stream.of(Arguments.of(java, java)),
                others.stream()
                        .flatMap(other ->
                                Stream.of(Arguments.of(java, other), Arguments.of(other, java))));
    }
}
