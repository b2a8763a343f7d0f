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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A project outside this build that has both ipc4j and the original Agrona. What it found out:
 *
 * <ul>
 *   <li>The two do not meet: nothing in ipc4j is Agrona's, and ipc4j needs no flag because of it.
 *   <li>The idle strategies of Agrona drive a channel with no flag at all: a strategy is given what
 *       {@code poll} returns.
 *   <li>The buffers of Agrona, also over a channel's memory, need the class {@code
 *       jdk.internal.misc.Unsafe}. To export it is enough, {@value #EXPORT}; to open it as well, as
 *       is often written, is not needed.
 *   <li>Agrona is an automatic module, which jlink refuses. An image of ipc4j runs a program whose
 *       Agrona is beside it on the module path; or who wants all in one image gives his copy of
 *       Agrona a descriptor, which the JDK's own tools can do, and then jlink takes it.
 * </ul>
 */
@Timeout(600)
class ConsumerIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final String MAIN = "com.example.numbers/com.example.numbers.Stream";
    private static final String PROVIDERS = "org.ipc4j.posix,org.ipc4j.jvm";
    private static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=org.agrona";
    private static final long COUNT = 200_000;
    private static final String SUM = Long.toString(COUNT * (COUNT + 1) / 2);
    private static final AtomicInteger CHANNELS = new AtomicInteger();

    @TempDir private static Path directory;

    private static Consumer consumer;
    private static List<Path> ours;
    private static Path agrona;

    private final String channel =
            "ipc-consumer-it-" + ProcessHandle.current().pid() + "-" + CHANNELS.incrementAndGet();

    @BeforeAll
    static void build() throws Exception {
        consumer = Consumer.build(directory);
        ours = consumer.dependencies("ipc-");
        agrona = consumer.dependencies("agrona-").getFirst();
        assertEquals(3, ours.size(), () -> "api, posix and jvm: " + ours);
    }

    /** With native access for the one who asks for it, and no other flag. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void idleStrategiesDriveAChannel(String provider) throws Exception {
        streams(JDK, options(provider), "segment");
    }

    @Test
    void aBufferOverTheMemoryNeedsAnExport() throws Exception {
        List<String> options = options("posix");
        String refusal = Jdk.refusal(start(JDK, options, "send", 1, "buffer"));
        assertEquals("0", Jdk.output(start(JDK, options, "receive", 0, "segment"))); // removes it
        assertTrue(
                refusal.contains(
                        "IllegalAccessError: class org.agrona.UnsafeApi (in module org.agrona)"
                                + " cannot access class jdk.internal.misc.Unsafe"),
                refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aBufferOverTheMemoryStreams(String provider) throws Exception {
        List<String> options = new ArrayList<>(options(provider));
        options.add(EXPORT);
        streams(JDK, options, "buffer");
    }

    @Test
    void anImageOfIpc4jRunsItWithAgronaBeside(@TempDir Path place) throws Exception {
        Path image = Jdk.image(place, ours, PROVIDERS);
        List<String> options = beside(List.of(consumer.jar(), agrona));
        options.addAll(access("posix"));
        streams(image, options, "segment");
    }

    @Test
    void jlinkRefusesAgronaAsItIs(@TempDir Path place) {
        String refusal = Jdk.noImage(place, all(agrona), "com.example.numbers," + PROVIDERS);
        assertTrue(
                refusal.contains("automatic module cannot be used with jlink: org.agrona"),
                refusal);
    }

    @Test
    void oneImageOfAllTakesACopyOfAgronaWithADescriptor(@TempDir Path place) throws Exception {
        Path modular = Jdk.modular(agrona, "org.agrona", place);
        Path image = Jdk.image(place, all(modular), "com.example.numbers," + PROVIDERS);
        streams(image, access("posix"), "segment");
        List<String> exporting = new ArrayList<>(access("posix"));
        exporting.add(EXPORT);
        streams(image, exporting, "buffer");
    }

    private static List<Path> all(Path agrona) {
        return Stream.concat(ours.stream(), Stream.of(consumer.jar(), agrona)).toList();
    }

    /** A reader and a writer, each in a process of its own. */
    private void streams(Path home, List<String> options, String how) throws Exception {
        Process receiver = start(home, options, "receive", COUNT, how);
        assertEquals(SUM, Jdk.output(start(home, options, "send", COUNT, how)));
        assertEquals(SUM, Jdk.output(receiver));
    }

    private Process start(Path home, List<String> options, String verb, long count, String how)
            throws IOException {
        List<String> call = new ArrayList<>(options);
        call.addAll(List.of("-m", MAIN, verb, channel, Long.toString(count), how));
        return Jdk.start(home, call);
    }

    /** With everything that Maven resolved on the module path. */
    private static List<String> options(String provider) {
        List<String> options = beside(all(agrona));
        options.addAll(access(provider));
        return options;
    }

    private static List<String> beside(List<Path> modules) {
        return new ArrayList<>(List.of("-p", Jdk.path(modules)));
    }

    /** Both providers are there; the memory is the native one's if that is given access. */
    private static List<String> access(String provider) {
        return provider.equals("posix")
                ? List.of("--illegal-native-access=deny", "--enable-native-access=org.ipc4j.posix")
                : List.of("--illegal-native-access=deny");
    }
}
