// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that can be passed, over a real socket between real processes: the receiver checks it,
 * uses it, and keeps it when its sender is killed.
 */
@Interop
class HandlePassingIT {
    private static final int SIZE = 100_001;

    /** Of {@code fcntl.h}. */
    private static final int SEAL_SEAL = 1;

    private static final int SEAL_SHRINK = 2;
    private static final int SEAL_GROW = 4;
    private static final int SEAL_WRITE = 8;
    private static final int SEAL_FUTURE_WRITE = 16;
    private static final int SEALED = SEAL_SEAL | SEAL_SHRINK | SEAL_GROW;
    private static final int CLOSE_ON_EXEC = 02_000_000;

    private static final Launcher JAVA = Launcher.jvm("posix");

    static Stream<Launcher> all() {
        return Stream.concat(Stream.of(JAVA), foreigners());
    }

    static Stream<Launcher> foreigners() {
        return Meetings.foreigners().stream();
    }

    private static String address() {
        return Path.of(System.getProperty("java.io.tmpdir"), Run.name("sock-pass")).toString();
    }

    /** Ends the connections that they had, and lets them have a new one. */
    private static void connect(Peer server, Peer client, String type) {
        String address = address();
        server.ok("sock close");
        client.ok("sock close");
        server.ok("sock serve " + address + " " + type);
        client.ok("sock connect " + address + " " + type);
        server.ok("sock accept");
        server.ok(server.isJvm() ? "sock stop" : "sock unlink " + address);
    }

    private static void connect(Peer server, Peer client) {
        connect(server, client, "stream");
    }

    /** {@code kill -9}, and it is over. */
    private static void kill(Peer peer) throws Exception {
        ProcessHandle process = ProcessHandle.of(peer.pid()).orElseThrow();
        peer.kill();
        process.onExit().get();
    }

    private static void incompatible(Peer peer, String command, String word) {
        String error = peer.error(command);
        assertTrue(error.startsWith("IncompatibleException "), command + ": " + error);
        assertTrue(error.contains(word), command + ": " + error);
    }

    /** From a JVM, which is killed, to a second one, and from there on to a third program. */
    @ParameterizedTest(name = "and then {0}")
    @MethodSource("all")
    void memoryOutlivesItsSender(Launcher launcher) throws Exception {
        try (Peer sender = JAVA.start();
                Peer middle = JAVA.start();
                Peer last = launcher.start()) {
            sender.ok("shm anonymous " + SIZE + " ALL");
            connect(middle, sender);
            sender.ok("pass send memory memory");
            assertEquals("memory MEMORY", middle.ok("pass receive"));
            isCloseOnExec(middle, "/memfd:");
            middle.ok("pass adopt memory 0");
            sender.ok("shm write 1");
            middle.ok("shm verify 1");
            kill(sender);
            middle.ok("shm verify 1");
            middle.ok("shm write 2");

            connect(middle, last);
            middle.ok("pass send on memory");
            if (last.isJvm()) {
                assertEquals("on MEMORY", last.ok("pass receive"));
                last.ok("pass adopt memory 0");
            } else {
                String path = last.ok("sock keep").split(" ")[1];
                assertEquals(Integer.toString(SEALED), last.ok("shm adopt " + path));
            }
            last.ok("shm verify 2");
            last.ok("shm write 3");
            middle.ok("shm verify 3");
            kill(middle);
            last.ok("shm verify 3");
            last.ok("shm close");
        }
    }

    private static void isCloseOnExec(Peer peer, String prefix) throws IOException {
        Path process = Path.of("/proc", Long.toString(peer.pid()));
        int found = 0;
        try (Stream<Path> all = Files.list(process.resolve("fd"))) {
            for (Path fd : all.toList()) {
                if (Files.readSymbolicLink(fd).toString().startsWith(prefix)) {
                    String flags =
                            Files.readAllLines(process.resolve("fdinfo").resolve(fd.getFileName()))
                                    .get(1);
                    assertTrue(flags.startsWith("flags:"), flags);
                    int bits = Integer.parseInt(flags.substring("flags:".length()).strip(), 8);
                    assertEquals(CLOSE_ON_EXEC, bits & CLOSE_ON_EXEC, fd.toString());
                    found++;
                }
            }
        }
        assertTrue(found > 0, "nothing was received");
    }

    /** Of others' memory, the seals are looked at, and how its descriptor may be used. */
    @ParameterizedTest(name = "of {0}")
    @MethodSource("foreigners")
    void sealsAreLookedAt(Launcher launcher) throws Exception {
        try (Peer receiver = JAVA.start();
                Peer sender = launcher.start()) {
            connect(receiver, sender);
            for (int seals : new int[] {0, SEAL_GROW, SEAL_SEAL | SEAL_GROW}) {
                passed(sender, receiver, "memory", memory(sender, seals), "rw");
                incompatible(receiver, "pass adopt memory 0", "F_SEAL_SHRINK");
                assertEquals("1", receiver.ok("pass left"));
                receiver.ok("pass close");
            }
            for (int seals : new int[] {SEAL_SHRINK, SEALED, SEALED | SEAL_FUTURE_WRITE}) {
                for (String how : new String[] {"r", "rw"}) {
                    passed(sender, receiver, "memory", memory(sender, seals), how);
                    receiver.ok("pass adopt memory 0");
                    boolean isReadOnly = (seals & SEAL_FUTURE_WRITE) != 0 || how.equals("r");
                    assertEquals(Boolean.toString(isReadOnly), receiver.ok("shm isReadOnly"));
                    assertEquals(Integer.toString(SIZE), receiver.ok("shm size"));
                    sender.ok("shm write 5");
                    receiver.ok("shm verify 5");
                    if (!isReadOnly) {
                        receiver.ok("shm write 6");
                        sender.ok("shm verify 6");
                    }
                    receiver.ok("shm close");
                }
            }
            passed(sender, receiver, "memory", memory(sender, SEALED), "rw");
            receiver.ok("pass adopt memory 0");
            sender.ok("shm write 7");
            kill(sender);
            receiver.ok("shm verify 7");
            receiver.ok("shm write 8");
            receiver.ok("shm verify 8");
        }
    }

    private static String memory(Peer peer, int seals) {
        return peer.ok("shm memfd " + SIZE + " " + seals);
    }

    /** What only its creator writes, and what nobody does, arrives as what cannot be written. */
    @ParameterizedTest(name = "to {0}")
    @MethodSource("all")
    void memoryOfOneWriter(Launcher launcher) {
        Map<String, Integer> seals =
                Map.of("CREATOR", SEALED | SEAL_FUTURE_WRITE, "NOBODY", SEALED | SEAL_WRITE);
        try (Peer sender = JAVA.start();
                Peer receiver = launcher.start()) {
            connect(receiver, sender);
            for (String writers : seals.keySet()) {
                sender.ok("shm anonymous " + SIZE + " " + writers);
                sender.ok("pass send memory memory");
                if (receiver.isJvm()) {
                    assertEquals("memory MEMORY", receiver.ok("pass receive"));
                    receiver.ok("pass adopt memory 0");
                    assertEquals("true", receiver.ok("shm isReadOnly"));
                } else {
                    String path = receiver.ok("sock keep").split(" ")[1];
                    assertEquals(seals.get(writers).toString(), receiver.ok("shm adopt " + path));
                }
                receiver.ok("shm verify 0");
                if (writers.equals("CREATOR")) {
                    sender.ok("shm write 1");
                    receiver.ok("shm verify 1");
                }
            }
        }
    }

    /** A file that nobody can open any more: it has no name left. */
    @ParameterizedTest(name = "to {0}")
    @MethodSource("all")
    void aFileOutlivesItsNameAndItsSender(Launcher launcher) throws Exception {
        Path path = Run.folder().resolve(Run.name("passed"));
        try (Peer sender = JAVA.start();
                Peer receiver = launcher.start()) {
            connect(receiver, sender);
            sender.ok("mmap create " + path + " " + SIZE);
            sender.ok("mmap unlink " + path);
            sender.ok("pass send file file");
            if (receiver.isJvm()) {
                assertEquals("file FILE", receiver.ok("pass receive"));
                receiver.ok("pass adopt file 0");
            } else {
                receiver.ok("mmap open " + receiver.ok("sock keep").split(" ")[1]);
            }
            sender.ok("mmap write 1");
            receiver.ok("mmap verify 1");
            receiver.ok("mmap grow " + 2 * SIZE);
            receiver.ok("mmap write 2");
            assertEquals(Integer.toString(2 * SIZE), sender.ok("mmap refresh"));
            sender.ok("mmap verify 2");
            kill(sender);
            receiver.ok("mmap write 3");
            receiver.ok("mmap force");
            receiver.ok("mmap verify 3");
            receiver.ok("mmap close");
        }
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("foreigners")
    void aFileIsUsedAsItsSenderHasOpenedIt(Launcher launcher) throws Exception {
        Path path = Run.folder().resolve(Run.name("passed"));
        Files.write(path, Content.pattern(4, 0, SIZE));
        try (Peer receiver = JAVA.start();
                Peer sender = launcher.start()) {
            connect(receiver, sender);
            passed(sender, receiver, "file", path.toString(), "r");
            receiver.denied("pass adopt file 0");

            passed(sender, receiver, "file", path.toString(), "r");
            receiver.ok("pass adopt readOnlyFile 0");
            receiver.ok("mmap verify 4");
            receiver.ok("mmap close");

            passed(sender, receiver, "file", path.toString(), "rw");
            receiver.ok("pass adopt file 0");
            kill(sender);
            receiver.ok("mmap write 5");
            receiver.ok("mmap close");
            assertEquals(
                    Content.digest(Content.pattern(5, 0, SIZE)),
                    Content.digest(Files.readAllBytes(path)));
        } finally {
            Files.delete(path);
        }
    }

    /** Another program passes something that a path leads to. */
    private static void passed(Peer sender, Peer receiver, String kind, String path, String how) {
        sender.ok("sock passFile " + path + " it 1 " + how);
        assertEquals("it " + kind.toUpperCase(Locale.ROOT), receiver.ok("pass receive"));
    }

    /** What a killed sender has written is there, and then the end of the stream. */
    @Test
    void pipesOutliveTheirMaker() throws Exception {
        try (Peer maker = JAVA.start();
                Peer reader = JAVA.start();
                Peer writer = JAVA.start()) {
            maker.ok("fifo anonymous");
            connect(reader, maker);
            maker.ok("pass send reading reader");
            assertEquals("reading PIPE", reader.ok("pass receive"));
            incompatible(reader, "pass adopt writer 0", "");
            reader.ok("pass adopt reader 0");
            connect(writer, maker);
            maker.ok("pass send writing writer");
            assertEquals("writing PIPE", writer.ok("pass receive"));
            incompatible(writer, "pass adopt reader 0", "");
            writer.ok("pass adopt writer 0");

            maker.ok("fifo write maker");
            kill(maker);
            assertEquals("maker", reader.ok("fifo read"));
            reader.tell("fifo drain");
            writer.ok("fifo fill " + SIZE + " 7");
            kill(writer);
            assertEquals(SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE)), reader.ok());
        }
    }

    /** From a JVM through another program to a JVM. */
    @ParameterizedTest(name = "through {0}")
    @MethodSource("foreigners")
    void pipesGoThroughOtherPrograms(Launcher launcher) throws Exception {
        try (Peer maker = JAVA.start();
                Peer middle = launcher.start();
                Peer last = JAVA.start()) {
            maker.ok("fifo anonymous");
            connect(middle, maker);
            maker.ok("pass send writing writer");
            String path = middle.ok("sock keep").split(" ")[1];
            maker.ok("fifo closeWriter");
            connect(last, middle);
            passed(middle, last, "pipe", path, "w");
            last.ok("pass adopt writer 0");
            kill(middle);
            last.ok("fifo write hello");
            assertEquals("hello", maker.ok("fifo read"));
            kill(last);
            maker.none("fifo read");
        }
    }

    /**
     * The socket on which a server listens is passed to its successor. Clients find no gap, and
     * nobody takes the address for one that is free.
     */
    @ParameterizedTest
    @ValueSource(strings = {"stream", "seqpacket"})
    void aServerHandsOver(String type) throws Exception {
        String address = address();
        try (Peer server = JAVA.start();
                Peer successor = JAVA.start();
                Peer client = JAVA.start()) {
            server.ok("sock serve " + address + " " + type);
            successor.ok("sock connect " + address + " " + type);
            server.ok("sock accept");
            server.ok("pass send yours server");
            assertEquals("yours SOCKET", successor.ok("pass receive"));
            incompatible(successor, "pass adopt socket 0", "");
            successor.ok("pass adopt server 0");
            kill(server);
            client.fails("sock serve " + address + " " + type, Failure.PRESENT);
            client.ok("sock connect " + address + " " + type);
            successor.ok("sock accept");
            client.ok("sock write hello");
            assertEquals("hello", successor.ok("sock read"));
            successor.ok("sock write there");
            assertEquals("there", client.ok("sock read"));
            client.ok("sock close");
            successor.ok("sock close");
            client.ask("sock unlink " + address);
        }
    }

    @Test
    void datagramsHandOver() throws Exception {
        String address = address();
        try (Peer owner = JAVA.start();
                Peer successor = JAVA.start();
                Peer sender = JAVA.start()) {
            connect(successor, owner);
            owner.ok("sock serve " + address + " dgram");
            owner.ok("pass send yours datagrams");
            assertEquals("yours SOCKET", successor.ok("pass receive"));
            incompatible(successor, "pass adopt socket 0", "");
            incompatible(successor, "pass adopt server 0", "");
            successor.ok("pass adopt datagrams 0");
            kill(owner);
            sender.ok("sock sendto " + address + " hello");
            assertTrue(successor.ok("sock receive").startsWith("hello " + sender.pid()));
            successor.ok("sock close");
            successor.ask("sock unlink " + address);
        }
    }

    /** One of each kind with one message. What is refused stays, what is left is closed. */
    @ParameterizedTest
    @ValueSource(strings = {"stream", "seqpacket"})
    void onlyTheRightOnesAdopt(String type) throws Exception {
        List<String> sent = List.of("memory", "file", "reader", "writer", "server", "datagrams");
        Path path = Run.folder().resolve(Run.name("passed"));
        String server = address();
        String datagrams = address();
        try (Peer sender = JAVA.start();
                Peer receiver = JAVA.start()) {
            connect(receiver, sender, type);
            sender.ok("shm anonymous " + SIZE + " ALL");
            sender.ok("mmap create " + path + " " + SIZE);
            sender.ok("mmap unlink " + path);
            sender.ok("fifo anonymous");
            sender.ok("sock serve " + server + " " + type);
            sender.ok("sock serve " + datagrams + " dgram");
            String before = "";
            for (int round = 0; round < 3; round++) { // the first loads the classes
                before = receiver.ok("self descriptors");
                sender.ok("pass send all " + String.join(" ", sent));
                assertEquals(
                        "all MEMORY FILE PIPE PIPE SOCKET SOCKET", receiver.ok("pass receive"));
                for (int i = 0; i < sent.size(); i++) {
                    for (String other : sent) {
                        if (!other.equals(sent.get(i))) {
                            incompatible(receiver, "pass adopt " + other + " " + i, "");
                        }
                    }
                    incompatible(receiver, "pass adopt socket " + i, "");
                }
                assertEquals("6", receiver.ok("pass left"));
                receiver.ok("pass adopt memory 0");
                receiver.ok("pass adopt file 1");
                receiver.ok("pass adopt reader 2");
                String again = receiver.error("pass adopt reader 2");
                assertTrue(again.startsWith("IllegalStateException"), again);
                assertEquals("3", receiver.ok("pass left"));
                receiver.ok("pass close");
                receiver.ok("shm close");
                receiver.ok("mmap close");
                receiver.ok("fifo closeReader");
            }
            assertEquals(before, receiver.ok("self descriptors"));
            sender.ok("pass send ignored " + String.join(" ", sent));
            assertEquals("ignored", receiver.ok("sock read")); // by who does not expect any
            assertEquals(before, receiver.ok("self descriptors"));
            sender.ok("sock close");
        } finally {
            Files.deleteIfExists(Path.of(server));
            Files.deleteIfExists(Path.of(datagrams));
        }
    }
}
