// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** As {@link InterruptedCallsIT}, for pipes and sockets. */
@Interop
class InterruptedStreamsIT {
    @BeforeAll
    static void strace() {
        Interruptions.assumeStrace();
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void pipeCalls(String provider) throws Exception {
        int size = 300_000;
        String expected = size + " " + Content.digest(Content.pattern(7, 0, size));
        String name = Run.name("fifo-eintr");
        try (Peer victim = Launcher.jvm(provider).start();
                Peer other = Launcher.jvm(provider).start()) {
            victim.ok("fifo reader " + name);
            other.ok("fifo writer " + name);
            try (Interruptions interruptions = pipeCalls(provider, victim, name)) {
                victim.tell("fifo drain");
                other.ok("fifo fill " + size + " 7");
                other.ok("fifo close");
                assertEquals(expected, victim.ok());
            }
            victim.ok("fifo close");
            other.ok("fifo reader " + name);
            victim.ok("fifo writer " + name);
            try (Interruptions interruptions = pipeCalls(provider, victim, name)) {
                other.tell("fifo drain");
                victim.ok("fifo fill " + size + " 7");
                victim.ok("fifo close");
                assertEquals(expected, other.ok());
            }
            other.ok("fifo close");
        }
    }

    /** That a writer has gone is not to be taken for true when the question was interrupted. */
    @Test
    void whoseWriterHasNotComeYet() throws Exception {
        String name = Run.name("fifo-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("fifo reader " + name);
            try (Interruptions interruptions = pipeCalls("posix", victim, name)) {
                for (int i = 0; i < 10; i++) {
                    victim.none("fifo timedread 20");
                }
            }
            other.ok("fifo writer " + name);
            other.ok("fifo write came");
            assertEquals("came", victim.ok("fifo read"));
            victim.ok("fifo close");
            other.ok("fifo close");
        }
    }

    @Test
    void anonymousPipeCalls() throws Exception {
        int size = 300_000;
        String expected = size + " " + Content.digest(Content.pattern(7, 0, size));
        String name = Run.name("sock-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("sock serve " + name);
            other.ok("sock connect " + name);
            victim.ok("sock accept");
            for (String end : List.of("reader", "writer")) {
                victim.ok("fifo anonymous");
                Path pipe = Files.readSymbolicLink(Path.of(victim.ok("fifo path reader")));
                try (Interruptions interruptions =
                        Interruptions.failing(
                                victim,
                                "read,write,poll,ppoll,fcntl,sendmsg",
                                "-P",
                                pipe.toString())) {
                    victim.none("fifo timedread 20");
                    victim.ok("pass send it " + end);
                    assertEquals("it PIPE", other.ok("pass receive"));
                    other.ok("pass adopt " + end + " 0");
                    boolean reads = end.equals("writer");
                    victim.ok(reads ? "fifo closeWriter" : "fifo closeReader");
                    Peer reader = reads ? victim : other;
                    Peer writer = reads ? other : victim;
                    reader.tell("fifo drain");
                    writer.ok("fifo fill " + size + " 7");
                    writer.ok("fifo closeWriter");
                    assertEquals(expected, reader.ok());
                    reader.ok("fifo closeReader");
                }
            }
            other.ok("sock close");
            victim.ok("sock close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "seqpacket"})
    void socketCalls(String type) throws Exception {
        int size = 300_000;
        String expected = size + " " + Content.digest(Content.pattern(7, 0, size));
        String name = Run.name("sock-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("sock serve " + name + " " + type);
            try (Interruptions interruptions =
                    Interruptions.failing(
                            victim, "accept4,recvfrom,recvmsg,sendto,sendmsg,poll,ppoll")) {
                for (int i = 0; i < 3; i++) {
                    victim.tell("sock accept");
                    other.ok("sock connect " + name + " " + type);
                    victim.ok();
                    victim.tell("sock drain");
                    other.ok("sock fill " + size + " 7");
                    other.ok("sock shutdown");
                    assertEquals(expected, victim.ok());
                    other.tell("sock drain");
                    victim.ok("sock fill " + size + " 7");
                    victim.ok("sock shutdown");
                    assertEquals(expected, other.ok());
                    other.ok("sock close");
                }
                victim.tell("sock accept");
                other.ok("sock connect " + name + " " + type);
                victim.ok();
                other.ok("sock passPair here");
                assertEquals("here SOCKET", victim.ok("sock take"));
                victim.ok("sock passPair there");
                assertEquals("there SOCKET", other.ok("sock take"));
                victim.ok("sock write through");
                assertEquals("through", other.ok("sock read"));
            }
            other.ok("sock close");
            victim.ok("sock close");
            other.ok("sock serve " + name + " " + type);
            try (Interruptions interruptions = Interruptions.failing(victim, "connect")) {
                victim.ok("sock connect " + name + " " + type);
            }
            other.ok("sock accept"); // one, however often it was tried
            victim.ok("sock write hello");
            assertEquals("hello", other.ok("sock read"));
            victim.ok("sock close");
            other.ok("sock close");
        }
    }

    @Test
    void datagramCalls() throws Exception {
        String name = Run.name("sock-eintr");
        String back = Run.name("sock-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("sock serve " + name + " dgram");
            other.ok("sock serve " + back + " dgram");
            try (Interruptions interruptions =
                    Interruptions.failing(victim, "recvfrom,recvmsg,sendto,sendmsg,poll,ppoll")) {
                for (int i = 0; i < 20; i++) {
                    victim.tell("sock receive");
                    other.ok("sock sendto " + name + " to-" + i);
                    assertTrue(victim.ok().startsWith("to-" + i + " " + other.pid()));
                    victim.ok("sock sendto " + back + " from-" + i);
                    assertTrue(other.ok("sock receive").startsWith("from-" + i + " "));
                }
            }
            other.ok("sock close");
            victim.ok("sock close");
        }
    }

    /**
     * The JDK reads sockets without waiting, where the kernel cannot be interrupted, and takes an
     * error there for a result. So its calls get signals. Where calls fail, only those of the FIFO
     * do: when strace ends, it may leave a call behind that was never made, and the peer shall not
     * find its standard input broken.
     */
    private static Interruptions pipeCalls(String provider, Peer peer, String name)
            throws Exception {
        String calls = "read,write,poll,ppoll";
        return provider.equals("posix")
                ? Interruptions.failing(peer, calls, "-P", "/dev/shm/fifo." + name)
                : new Interruptions(peer, calls, "signal=SIGPIPE:when=1+2");
    }
}
