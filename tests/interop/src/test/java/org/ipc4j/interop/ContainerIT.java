// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

/**
 * Two processes as in two containers that share {@code /dev/shm}: each has process numbers, mounts
 * and queues of its own. (So a native message queue does not cross.)
 */
@Interop
class ContainerIT {
    @BeforeAll
    static void root() {
        Privileges.assumeRoot();
    }

    static Stream<Arguments> providers() {
        return Meetings.PROVIDERS.stream().map(Arguments::of);
    }

    private static Launcher container(String provider) {
        return Privileges.inContainer(Launcher.jvm(provider));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void objectsAreShared(String provider) {
        String name = Run.name("container");
        try (Peer first = container(provider).start();
                Peer second = container(provider).start()) {
            first.ok("sem create " + name + " 0");
            second.ok("sem open " + name);
            second.tell("sem timedwait 30000");
            first.ok("sem post");
            second.ok();
            second.ok("sem unlink " + name);

            first.ok("shm create " + name + " 10000");
            second.ok("shm open " + name);
            first.ok("shm write 6");
            second.ok("shm verify 6");
            second.ok("shm unlink " + name);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void deathIsNoticedThroughAPipe(String provider) {
        String name = Run.name("container-fifo");
        try (Peer reader = container(provider).start();
                Peer writer = container(provider).start();
                Peer another = container(provider).start()) {
            reader.ok("fifo reader " + name);
            assertTrue(
                    another.error("fifo reader " + name).startsWith("NameExistsException"),
                    "it has a reader");
            writer.ok("fifo writer " + name);
            writer.ok("fifo write hello");
            assertEquals("hello", reader.ok("fifo read"));
            reader.tell("fifo read");
            writer.kill();
            assertEquals("none", reader.answer(), "the end of the stream");

            another.ok("fifo writer " + name);
            another.ok("fifo write again");
            assertEquals("again", reader.ok("fifo read"));
            reader.kill();
            String error = "";
            for (int i = 0; i < 600 && error.isEmpty(); i++) {
                String answer = another.ask("fifo write more");
                error = answer.startsWith("error ") ? answer : "";
            }
            assertTrue(error.startsWith("error PeerClosedException"), error);
            another.ok("fifo reader " + name); // takes the name over
            another.ok("fifo close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "jvm")
    void aComposedQueueIsShared(String provider) {
        String name = Run.name("container-mq");
        try (Peer first = container(provider).start();
                Peer second = container(provider).start()) {
            first.ok("mq create " + name + " 3 50");
            second.ok("mq open " + name);
            second.tell("mq timedreceive 30000");
            first.ok("mq send 4 hello");
            assertEquals("4 hello", second.ok());
            first.kill();
            second.ok("mq send 1 alone");
            assertEquals("1 alone", second.ok("mq receive"));
            second.ok("mq unlink " + name);
        }
    }
}
