// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Mechanism;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two processes with different providers never split a name: they meet, or the second is told. */
class OneNameTest {
    private static final boolean WINDOWS = Here.NATIVE.equals("windows");

    private static Child nativeOne;
    private static Child jvm;

    /** The kinds of objects that both providers have here, and that do not meet. */
    static List<String> kinds() {
        Map<String, Mechanism> kinds = new LinkedHashMap<>();
        if (WINDOWS) { // on Linux both use one file: see sharedMemoryMeets
            kinds.put("memory", Mechanism.SHARED_MEMORY);
        }
        kinds.put("semaphore", Mechanism.NAMED_SEMAPHORE);
        kinds.put("queue", Mechanism.MESSAGE_QUEUE);
        kinds.put("pipe", Mechanism.NAMED_PIPE);
        kinds.values()
                .removeIf(mechanism ->
                        !Here.providers(mechanism).containsAll(List.of(Here.NATIVE, "jvm")));
        return List.copyOf(kinds.keySet());
    }

    @BeforeAll
    static void start() throws IOException {
        nativeOne = Child.modular();
        jvm = Child.modular("-Dorg.ipc4j.provider=jvm");
    }

    @AfterAll
    static void stop() throws IOException {
        nativeOne.close();
        jvm.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void jvmIsToldOfTheNativeOne(String kind) throws IOException {
        secondIsTold(kind, nativeOne, Here.NATIVE, jvm);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theNativeOneIsToldOfJvm(String kind) throws IOException {
        secondIsTold(kind, jvm, "jvm", nativeOne);
    }

    private static void secondIsTold(String kind, Child first, String provider, Child second)
            throws IOException {
        String name = Names.fresh();
        String created = first.ask("create " + kind + " " + name);
        assertTrue(created.startsWith("ok "), created);
        try {
            String key = created.substring(3);
            for (String verb : new String[] {"create", "open", "createOrOpen"}) {
                String answer = second.ask(verb + " " + kind + " " + name);
                assertTrue(answer.startsWith("IncompatibleException: "), verb + ": " + answer);
                assertTrue(answer.contains(key) && answer.contains(provider), verb + ": " + answer);
            }
            assertEquals("closed", first.ask("close " + kind + " " + name));
            assertEquals("" + stays(kind, first), first.ask("remove " + kind + " " + name));
            created = second.ask("create " + kind + " " + name);
            assertTrue(created.startsWith("ok "), "the refusals have left something: " + created);
            assertEquals("closed", second.ask("close " + kind + " " + name));
            assertEquals("" + stays(kind, second), second.ask("remove " + kind + " " + name));
        } finally {
            first.ask("remove " + kind + " " + name);
            second.ask("remove " + kind + " " + name);
        }
    }

    /** Whether an object that is closed has a name that can be removed. */
    private static boolean stays(String kind, Child creator) {
        return !kind.equals("pipe") && !(WINDOWS && creator == nativeOne);
    }

    /** Of two that create at the same time, with different providers, not both succeed. */
    @ParameterizedTest
    @MethodSource("kinds")
    void neverBothCreate(String kind) throws Exception {
        for (int i = 0; i < 30; i++) {
            String name = Names.fresh();
            String[] answers = new String[2];
            Thread other =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    answers[0] = nativeOne.ask("create " + kind + " " + name);
                                } catch (IOException e) {
                                    answers[0] = e.toString();
                                }
                            });
            answers[1] = jvm.ask("create " + kind + " " + name);
            other.join();
            int created = 0;
            for (int k = 0; k < 2; k++) {
                Child child = k == 0 ? nativeOne : jvm;
                if (answers[k].startsWith("ok ")) {
                    created++;
                    child.ask("close " + kind + " " + name);
                } else {
                    assertTrue(answers[k].startsWith("IncompatibleException: "), answers[k]);
                }
                child.ask("remove " + kind + " " + name);
            }
            assertTrue(created < 2, "the name is split");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sharedMemoryMeets() throws IOException {
        for (Child first : new Child[] {nativeOne, jvm}) {
            Child second = first == nativeOne ? jvm : nativeOne;
            String name = Names.fresh();
            String created = first.ask("create memory " + name);
            try {
                assertTrue(created.startsWith("ok "), created);
                String exists = second.ask("create memory " + name);
                assertTrue(exists.startsWith("NameExistsException"), exists);
                assertEquals(created, second.ask("open memory " + name), "one object has one key");
                first.ask("poke " + name + " 42");
                assertEquals("42", second.ask("peek " + name));
                second.ask("poke " + name + " 43");
                assertEquals("43", first.ask("peek " + name));
                assertEquals(created, second.ask("createOrOpen memory " + name));
                assertEquals("43", second.ask("peek " + name));
                String key = created.substring(3);
                assertEquals(created, second.ask("open memory " + key));
                assertEquals("43", second.ask("peek " + key));
            } finally {
                assertEquals("true", second.ask("remove memory " + name));
            }
            String gone = first.ask("open memory " + name);
            assertTrue(gone.startsWith("NameNotFoundException"), gone);
        }
    }

    /**
     * A reader that dies leaves a name behind, which the next reader takes over and {@code remove}
     * deletes.
     */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    @EnabledOnOs(
            value = OS.LINUX,
            disabledReason = "a pipe of Windows goes with its reader, however that ends")
    void theNextReaderTakesOver(String provider) throws Exception {
        String name = Names.fresh();
        for (int i = 0; i < 2; i++) {
            die(provider, name);
            Child survivor = provider.equals("posix") ? nativeOne : jvm;
            if (i == 0) {
                String writer = survivor.ask("open pipe " + name);
                assertTrue(
                        writer.startsWith("NameNotFoundException"), "nobody reads it: " + writer);
                String reader = survivor.ask("create pipe " + name);
                assertTrue(reader.startsWith("ok "), reader);
                survivor.ask("close pipe " + name);
                assertEquals("false", survivor.ask("remove pipe " + name));
            } else {
                assertEquals("true", survivor.ask("remove pipe " + name));
                assertEquals("false", survivor.ask("remove pipe " + name));
            }
        }
    }

    private static void die(String provider, String name) throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider=" + provider)) {
            String created = child.ask("create pipe " + name);
            assertTrue(created.startsWith("ok "), created);
            child.end("halt");
        }
    }
}
