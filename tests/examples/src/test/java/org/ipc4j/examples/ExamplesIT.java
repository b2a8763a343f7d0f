// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What a user of ipc4j does: writes a module, drops in providers, makes an image. The examples know
 * nothing of this build but the jars that it publishes.
 */
@Timeout(120)
class ExamplesIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final List<Path> PUBLISHED =
            Stream.of(System.getProperty("ipc.module.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toList();
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir private static Path directory;

    private static Path notes;
    private static Path heap;
    private static Path feed;
    private static Path desk;

    private final String board =
            "ipc-examples-it-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    @BeforeAll
    static void build() throws IOException {
        notes = Jdk.jar("notes", directory, List.of(published("api")));
        heap = Jdk.jar("heap", directory, List.of(published("api")));
        feed = Jdk.jar("feed", directory, List.of(published("api")));
        desk = Jdk.jar("desk", directory, List.of(published("api"), feed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aModuleFindsTheProviderOnTheModulePath(String provider) throws Exception {
        twoProcessesShareABoard(
                JDK, onModulePath(provider, List.of(notes, published("api"), published(provider))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aProgramFindsTheProviderOnTheClassPath(String provider) throws Exception {
        twoProcessesShareABoard(
                JDK, onClassPath(provider, List.of(notes, published("api"), published(provider))));
    }

    @Test
    void whereBothProvidersAreTheNativeOneIsChosen() throws Exception {
        List<Path> all = List.of(notes, published("api"), published("posix"), published("jvm"));
        assertEquals("posix", call(JDK, onModulePath("posix", all), "provider", board));
        assertEquals("posix", call(JDK, onClassPath("posix", all), "provider", board));
    }

    @Test
    void withoutNativeAccessPlainJavaIsChosen() throws Exception {
        List<Path> all = List.of(notes, published("api"), published("posix"), published("jvm"));
        assertEquals("jvm", call(JDK, onModulePath("jvm", all), "provider", board));
        assertEquals("jvm", call(JDK, onClassPath("jvm", all), "provider", board));
    }

    @Test
    void anybodysProviderIsChosenByItsRank() throws Exception {
        List<Path> all = List.of(notes, published("api"), published("posix"), heap);
        assertEquals("heap", call(JDK, onModulePath("posix", all), "provider", board));
        assertEquals("heap", call(JDK, onClassPath("posix", all), "provider", board));
        twoProcessesPost(onModulePath("posix", all));
    }

    @Test
    void aPropertyGoesBeforeRank() throws Exception {
        List<Path> all = List.of(notes, published("api"), published("posix"), heap);
        List<String> command =
                new ArrayList<>(List.of("-Dorg.ipc4j.provider.named-semaphore=posix"));
        command.addAll(onModulePath("posix", all));
        assertEquals("posix", call(JDK, command, "provider", board));
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void anImageOfOnesOwnHasWhatItNeeds(String provider, @TempDir Path place) throws Exception {
        Path image =
                Jdk.image(
                        place,
                        List.of(notes, published("api"), published(provider)),
                        "com.example.notes,org.ipc4j." + provider);
        twoProcessesShareABoard(image, onModulePath(provider, List.of()));
    }

    /** Ticks through a channel, of a megabyte: the two are never far from each other. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void ticksStreamFromAFeedToADesk(String provider) throws Exception {
        List<Path> all =
                List.of(feed, desk, published("api"), published("posix"), published("jvm"));
        List<String> java = new ArrayList<>(access("org.ipc4j.posix", provider));
        java.addAll(List.of("-p", Jdk.path(all)));
        java.addAll(List.of("--add-modules", "org.ipc4j.posix,org.ipc4j.jvm", "-m"));

        Process following =
                Jdk.start(JDK, with(java, "com.example.desk/com.example.desk.Desk", board));
        String sent = call(JDK, java, "com.example.feed/com.example.feed.Feed", board, "1000000");
        assertTrue(sent.matches("([1-9][0-9]+ for [1-9][0-9]+(, )?){4}"), sent);
        assertEquals(sent, Jdk.output(following));
    }

    /** A reader that waits, and two writers. */
    private void twoProcessesShareABoard(Path home, List<String> command) throws Exception {
        try {
            Process reader = Jdk.start(home, with(command, "read", board));
            assertEquals("", call(home, command, "post", board, "first", "second"));
            assertEquals("first", Jdk.output(reader));
            assertEquals("second", call(home, command, "read", board));
            assertEquals("", call(home, command, "post", board, "third"));
            assertEquals("third", call(home, command, "read", board));
        } finally {
            assertEquals("true", call(home, command, "clear", board));
        }
    }

    /** The turn is this process's own then, the board is everybody's. */
    private void twoProcessesPost(List<String> command) throws Exception {
        try {
            assertEquals("", call(JDK, command, "post", board, "one"));
            assertEquals("one", call(JDK, command, "read", board));
        } finally {
            call(JDK, command, "clear", board);
        }
    }

    private static List<String> onModulePath(String nativeProvider, List<Path> modules) {
        List<String> command = new ArrayList<>(access("org.ipc4j.posix", nativeProvider));
        if (!modules.isEmpty()) {
            command.addAll(List.of("-p", Jdk.path(modules)));
        }
        command.addAll(List.of("-m", "com.example.notes/com.example.notes.Notes"));
        return command;
    }

    private static List<String> onClassPath(String nativeProvider, List<Path> jars) {
        List<String> command = new ArrayList<>(access("ALL-UNNAMED", nativeProvider));
        command.addAll(List.of("-cp", Jdk.path(jars), "com.example.notes.Notes"));
        return command;
    }

    /** Native access for exactly the one who needs it, if the native provider shall serve. */
    private static List<String> access(String module, String provider) {
        return provider.equals("posix")
                ? List.of("--illegal-native-access=deny", "--enable-native-access=" + module)
                : List.of("--illegal-native-access=deny");
    }

    private static String call(Path home, List<String> command, String... words) throws Exception {
        return Jdk.output(Jdk.start(home, with(command, words)));
    }

    private static List<String> with(List<String> command, String... words) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        return all;
    }

    private static Path published(String part) {
        return PUBLISHED.stream()
                .filter(jar -> jar.getFileName().toString().contains("ipc-" + part))
                .findFirst()
                .orElseThrow();
    }
}
