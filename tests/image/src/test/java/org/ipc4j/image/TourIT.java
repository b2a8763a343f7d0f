// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

@ResourceLock("tours, which look what others leave")
@Timeout(300)
class TourIT {
    private static final List<String> MECHANISMS =
            List.of(
                    "shared-memory",
                    "named-semaphore",
                    "mapped-file",
                    "message-queue",
                    "named-pipe",
                    "local-socket",
                    "anonymous-pipe",
                    "channel",
                    "topic",
                    "file-exchange");

    /** Plain Java has these within one process. */
    private static final Set<String> NATIVE = Set.of("anonymous-pipe");

    /** Of plain Java, whoever has the memory. */
    private static final Set<String> COMPOSED = Set.of("channel", "topic");

    /** Is on its way for a while. */
    private static final int LARGE = 64_000_000;

    @TempDir private Path directory;

    private Set<Path> before;

    @BeforeEach
    void look() throws IOException {
        before = leftovers();
    }

    @AfterEach
    void nothingStays() throws IOException {
        assertEquals(before, leftovers());
    }

    @Test
    void movesTheImagesOwnModulesTwice() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertAllEqual(
                    Ipc.call("tour", "--json"),
                    "posix",
                    Files.size(Ipc.IMAGE.resolve("lib/modules")));
        }
    }

    @Test
    void movesTheImagesOwnModulesInPlainJava() throws Exception {
        assertAllEqual(
                Ipc.call("tour", "--json", "--provider", "jvm"),
                "jvm",
                Files.size(Ipc.IMAGE.resolve("lib/modules")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 16384, 65537, 4 * 1024 * 1024 + 1})
    void movesFilesOfAnySize(int size) throws Exception {
        assertAllEqual(Ipc.call("tour", "--json", file(size).toString()), "posix", size);
    }

    @Test
    void printsATable() throws Exception {
        Ipc.Result tour = Ipc.call("tour", file(1000).toString()).succeeded();
        List<String> lines = tour.out().lines().toList();
        assertEquals(2 + MECHANISMS.size(), lines.size(), tour.out());
        assertTrue(lines.get(0).contains("1000 bytes, SHA-256 "), tour.out());
        assertTrue(
                lines.get(1)
                        .matches("mechanism +provider +native key +bytes +MB/s +steps +verdict"),
                tour.out());
        for (int i = 0; i < MECHANISMS.size(); i++) {
            assertTrue(lines.get(i + 2).startsWith(MECHANISMS.get(i) + " "), tour.out());
            assertTrue(lines.get(i + 2).endsWith(" equal"), tour.out());
        }
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        Ipc.Result tour = Ipc.call("tour", "--progress");
        assertEquals(0, tour.status(), tour::toString);
        assertTrue(tour.err().contains(" MiB"), tour.err());
        assertTrue(tour.err().endsWith("\r"), tour.err());
    }

    @Test
    void twoToursDoNotMeet() throws Exception {
        List<Ipc> tours = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tours.add(Ipc.start("tour", "--json", file(1_000_000).toString()));
        }
        for (Ipc tour : tours) {
            assertAllEqual(tour.result(), "posix", 1_000_000);
        }
    }

    @Test
    void aMissingFileIsOneLine() throws Exception {
        Ipc.Result tour = Ipc.call("tour", "absent").failed(1);
        assertTrue(tour.err().contains("absent"), tour::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void afterOneThatWasKilledComesAnother(String provider) throws Exception {
        Path large = file(LARGE);
        Random random = new Random(1);
        List<String> victims =
                new ArrayList<>(List.of("shm", "sem", "mmap", "mq", "pipe", "socket", "file"));
        if (provider.equals("jvm")) {
            victims.addAll(COMPOSED);
        }
        for (String victimsPassage : victims) {
            Ipc tour = Ipc.start("tour", large.toString(), "--provider", provider);
            ProcessHandle peer = peer(tour, victimsPassage);
            Thread.sleep(random.nextInt(150));
            tour.process().destroyForcibly();
            peer.onExit().get(30, TimeUnit.SECONDS);
            assertEquals(128 + 9, tour.result().status());
            assertFalse(leftovers().equals(before), "a killed tour leaves its names");
        }
        assertAllEqual(Ipc.call("tour", "--json", file(100_000).toString()), "posix", 100_000);
        nothingStays();
    }

    @Test
    void noticesThatTheOtherProcessWasKilled() throws Exception {
        Path large = file(LARGE);
        Ipc tour = Ipc.start("tour", "--json", large.toString());
        peer(tour, "mq").destroyForcibly();
        Ipc.Result result = tour.result();
        assertEquals(1, result.status(), result::toString);
        Map<String, Object> row = rows(result).get(MECHANISMS.indexOf("message-queue"));
        assertTrue(row.get("verdict").toString().startsWith("FAILED: "), row::toString);
        assertEquals(
                MECHANISMS.size() - 1,
                rows(result).stream().filter(other -> "equal".equals(other.get("verdict"))).count(),
                result::toString);
    }

    @Test
    void cleansUpWhenItIsTerminated() throws Exception {
        Ipc tour = Ipc.start("tour", file(LARGE).toString());
        ProcessHandle peer = peer(tour, "sem");
        tour.process().destroy();
        assertEquals(128 + 15, tour.result().status());
        peer.onExit().get(30, TimeUnit.SECONDS);
    }

    private Path file(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(directory.resolve("file" + size), bytes);
    }

    /** Waits for the second process of a passage. */
    private static ProcessHandle peer(Ipc tour, String passage) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            Optional<ProcessHandle> peer =
                    tour.process()
                            .descendants()
                            .filter(process ->
                                    process.info()
                                            .commandLine()
                                            .orElse("")
                                            .contains("tour-peer " + passage))
                            .findFirst();
            if (peer.isPresent()) {
                return peer.get();
            }
            Thread.sleep(1);
        }
        throw new AssertionError("no second process for " + passage);
    }

    private static void assertAllEqual(Ipc.Result tour, String provider, long size) {
        tour.succeeded();
        List<Map<String, Object>> rows = rows(tour);
        assertEquals(
                MECHANISMS.stream()
                        .filter(mechanism ->
                                provider.equals("posix") || !NATIVE.contains(mechanism))
                        .toList(),
                rows.stream().map(row -> row.get("mechanism")).toList());
        for (Map<String, Object> row : rows) {
            assertEquals("equal", row.get("verdict"), row::toString);
            boolean composed = COMPOSED.contains(row.get("mechanism"));
            assertEquals(composed ? "jvm" : provider, row.get("provider"), row::toString);
            assertEquals((double) size, row.get("bytes"), row::toString);
            assertFalse(row.get("nativeKey").toString().isEmpty(), row::toString);
        }
    }

    private static List<Map<String, Object>> rows(Ipc.Result tour) {
        Object rows = JsonReader.object(JsonReader.read(tour.out())).get("passages");
        return ((List<?>) rows).stream().map(JsonReader::object).toList();
    }

    /** Everything of a tour's in the places where names are files. */
    private static Set<Path> leftovers() throws IOException {
        Set<Path> found = new TreeSet<>();
        for (Path place :
                List.of(
                        Path.of("/dev/shm"),
                        Path.of("/dev/mqueue"),
                        Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place, 2)) {
                    files.filter(file -> file.getFileName().toString().contains("ipc-tour-"))
                            .forEach(found::add);
                } catch (UncheckedIOException e) {
                    // something else is deleted while we look
                }
            }
        }
        return found;
    }
}
