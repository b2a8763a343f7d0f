// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.ValueLayout;

/** A program that has only {@code native/peer/topic.h} follows topics by it. */
@Interop
class TopicLayoutIT {
    @ParameterizedTest
    @EnumSource
    @DisabledIfSystemProperty(named = "ipc.python", matches = "false")
    void pythonFollows(SlowSubscriber slow) {
        String name = Run.name("topic-python");
        try (Peer publisher = Channels.jvm("posix").start();
                Peer python = Launcher.python().start()) {
            String key =
                    publisher.ok(
                            "topic createPublisher " + name + " BLOCK 2 " + slow + " 4096 512");
            publisher.ok("topic send before");
            python.ok("topic observe " + key);
            assertEquals("", python.ok("topic follow"));
            for (int i = 0; i < 100; i++) {
                String text = Character.toString('a' + i % 26).repeat(1 + i * 97 % 512);
                publisher.ok("topic send " + text);
                String first = publisher.ok("topic position") + " " + text;
                publisher.ok("topic send other");
                String second = publisher.ok("topic position") + " other";
                assertEquals(first + " " + second, python.ok("topic follow"));
            }
            assertEquals("0", python.ok("topic overtaken"));
            for (int i = 0; i < 50; i++) { // nobody waits for it
                publisher.ok("topic send " + i + "x".repeat(500));
            }
            String last = python.ok("topic follow");
            int seen = last.split(" ").length / 2;
            assertTrue(last.contains(" 49x") && seen < 10, last);
            assertEquals(Integer.toString(50 - seen), python.ok("topic overtaken"));
            publisher.ok("topic closePublisher");
            publisher.ok("topic unlink " + name);
        }
    }

    /** Where the number stands, and what is written there. */
    @ParameterizedTest
    @CsvSource({
        "0, 7", // another magic
        "8, 2", // a later version
        "40, 0", // no subscribers
        "40, 65", // too many
        "44, 3", // an unknown way to wait
        "48, 4097", // no power of two
        "48, 8192", // more than there is
        "52, 1025", // messages of more than a quarter
        "56, 3" // an unknown policy
    })
    void whatIsNotVersionOneIsRefused(long offset, int number) throws Exception {
        String name = Run.name("topic-other");
        try (Peer creator = Channels.jvm("posix").start();
                Peer java = Channels.jvm("jvm").start()) {
            String key = creator.ok("topic createPublisher " + name + " BLOCK 2 WAIT 4096 512");
            try (SharedMemory memory = SharedMemory.open(IpcName.ofNative(key))) {
                memory.segment().set(ValueLayout.JAVA_INT, offset, number);
            }
            for (String verb : new String[] {"topic openPublisher ", "topic openSubscriber "}) {
                String refusal = java.error(verb + key);
                assertTrue(refusal.startsWith("IncompatibleException "), refusal);
            }
            if (!"false".equals(System.getProperty("ipc.python"))) {
                try (Peer python = Launcher.python().start()) {
                    String refusal = python.error("topic observe " + key);
                    assertTrue(refusal.startsWith("-1 IncompatibleError"), refusal);
                }
            }
            creator.ok("topic closePublisher");
            java.ok("topic unlink " + name);
        }
    }
}
