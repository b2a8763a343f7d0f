// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two users, of whom one is root. Root may open everything, so the system refuses it nothing: that
 * it is refused here is what the provider checks.
 */
@Interop
class OtherUserIT {
    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    /**
     * The verbs of one mechanism.
     *
     * @param make creates
     * @param size what follows the name then
     * @param meet opens
     * @param use a command of who made it
     * @param answer a command of who opened it, after that
     */
    record Mechanism(
            String noun, String make, String size, String meet, String use, String answer) {
        String make(String name, String access) {
            return noun
                    + " "
                    + make
                    + " "
                    + name
                    + " "
                    + size
                    + (size.isEmpty() ? "" : " ")
                    + access;
        }

        String meet(String name, String access) {
            return noun + " " + meet + " " + name + " " + access;
        }

        @Override
        public String toString() {
            return noun;
        }
    }

    private static final List<Mechanism> MECHANISMS =
            List.of(
                    new Mechanism("sem", "create", "0", "open", "post", "wait"),
                    new Mechanism("mmap", "create", "5000", "open", "write 9", "verify 9"),
                    new Mechanism("shm", "create", "5000", "open", "write 9", "verify 9"),
                    new Mechanism("mq", "create", "3 50", "open", "send 1 hello", "receive"),
                    new Mechanism("fifo", "reader", "", "writer", null, "write hello"));

    static Stream<Arguments> cases() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        MECHANISMS.stream()
                                .flatMap(mechanism ->
                                        Stream.of(true, false)
                                                .map(rootMakes ->
                                                        Arguments.of(
                                                                provider, mechanism, rootMakes))));
    }

    @ParameterizedTest(name = "{0}, {1}, made by root: {2}")
    @MethodSource("cases")
    void anOwnersObjectIsRefusedToOthers(String provider, Mechanism mechanism, boolean rootMakes) {
        String name = Run.name(mechanism + "-owner");
        try (Peer maker = OTHER.start(provider, rootMakes);
                Peer other = OTHER.start(provider, !rootMakes)) {
            maker.ok(mechanism.make(name, "owner"));
            other.denied(mechanism.meet(name, "owner"));
            if (!rootMakes) {
                other.denied(mechanism.meet(name, "group")); // its group is not ours either
            }
            if (!mechanism.noun().equals("fifo")) {
                other.denied(mechanism.make(name, "owner").replace(" create ", " createOrOpen "));
            }
            String error = other.error(mechanism.make(name, "owner"));
            assertTrue(
                    error.startsWith("NameExistsException")
                            || error.startsWith("IpcAccessDeniedException"),
                    error);
            clean(maker, mechanism, name);
        }
    }

    @ParameterizedTest(name = "{0}, {1}, made by root: {2}")
    @MethodSource("cases")
    void everybodysObjectIsForWhoExpectsIt(
            String provider, Mechanism mechanism, boolean rootMakes) {
        String name = Run.name(mechanism + "-everybody");
        try (Peer maker = OTHER.start(provider, rootMakes);
                Peer other = OTHER.start(provider, !rootMakes)) {
            maker.ok(mechanism.make(name, "everybody"));
            other.denied(mechanism.meet(name, "owner"));
            other.ok(mechanism.meet(name, "everybody"));
            if (mechanism.use() != null) {
                maker.ok(mechanism.noun() + " " + mechanism.use());
            }
            other.ok(mechanism.noun() + " " + mechanism.answer());
            if (mechanism.noun().equals("fifo")) {
                assertEquals("hello", maker.ok("fifo read"));
            }
            clean(maker, mechanism, name);
        }
    }

    private static void clean(Peer maker, Mechanism mechanism, String name) {
        maker.ok(mechanism.noun() + " close");
        maker.ask(mechanism.noun() + " unlink " + name);
    }

    /** Somebody else's link under our name leads to a file of ours, which must stay as it is. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesOfFiles")
    void aPlantedLinkIsNotFollowed(String provider, Mechanism mechanism) throws Exception {
        String name = Run.name(mechanism + "-link");
        Path target = Files.createTempFile(Run.ID, null);
        try (Peer peer = OTHER.start(provider, true)) {
            Files.writeString(target, "precious");
            String key = peer.ok(mechanism.make(name, "owner"));
            Path file = file(key, name);
            peer.ok(mechanism.noun() + " close");
            peer.ask(mechanism.noun() + " unlink " + name);
            assertTrue(Files.notExists(file), "removed: " + file);

            assertEquals(
                    0,
                    Run.run(OTHER.command("ln", "-s", target.toString(), file.toString())).status(),
                    "planted");
            try {
                for (String access : List.of("owner", "everybody")) {
                    peer.error(mechanism.make(name, access));
                    peer.error(
                            mechanism.noun().equals("fifo")
                                    ? "fifo openReader " + name + " " + access
                                    : mechanism.meet(name, access));
                    if (!mechanism.noun().equals("fifo")) {
                        peer.error(
                                mechanism.make(name, access).replace(" create ", " createOrOpen "));
                    }
                }
                assertTrue(Files.isSymbolicLink(file), "it is not ours to delete");
                assertEquals("precious", Files.readString(target));
            } finally {
                Files.delete(file);
            }
        } finally {
            Files.delete(target);
        }
    }

    /** A native queue is no file. */
    static Stream<Arguments> casesOfFiles() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        MECHANISMS.stream()
                                .filter(mechanism ->
                                        !(provider.equals("posix")
                                                && mechanism.noun().equals("mq")))
                                .map(mechanism -> Arguments.of(provider, mechanism)));
    }

    private static Path file(String key, String name) throws Exception {
        if (Files.exists(Path.of(key))) {
            return Path.of(key);
        }
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.toString().endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no file for " + key));
        }
    }
}
