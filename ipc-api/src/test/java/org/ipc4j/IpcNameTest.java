// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpcNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate",
                "a b",
                ".x",
                "...",
                "-",
                "~",
                "\u00e4",
                "\u6f22",
                "\ud83d\ude00",
                "a:b*?\"<>|"
            })
    void portableNames(String name) {
        assertEquals(name, IpcName.of(name).value());
        assertFalse(IpcName.of(name).isNative());
        assertEquals('"' + name + '"', IpcName.of(name).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "a/b", "/", "a\\b", "a\0b", "a\nb", "\u007f", "\u0085", "\ud83d",
                "\ude00x"
            })
    void refusedAsPortable(String name) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> IpcName.of(name)).getMessage();
        assertFalse(message.isBlank());
        assertTrue(
                message.chars().noneMatch(Character::isISOControl), "messages are one clean line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gate",
                "/tmp/a.fifo",
                "\\\\.\\pipe\\gate",
                "Local\\sem.gate",
                "..",
                "relative"
            })
    void nativeKeys(String key) {
        assertEquals(key, IpcName.ofNative(key).value());
        assertTrue(IpcName.ofNative(key).isNative());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "/a\0b"})
    void refusedAsNative(String key) {
        assertThrows(IllegalArgumentException.class, () -> IpcName.ofNative(key));
    }

    @Test
    void lengthIsCountedInBytes() {
        assertEquals(200, IpcName.of("x".repeat(200)).value().length());
        assertEquals(100, IpcName.of("\u00e4".repeat(100)).value().length());
        for (String name :
                new String[] {
                    "x".repeat(201), "\u00e4".repeat(100) + "x", "\ud83d\ude00".repeat(51)
                }) {
            String message =
                    assertThrows(IllegalArgumentException.class, () -> IpcName.of(name))
                            .getMessage();
            assertTrue(message.contains("200"), message);
        }
        IpcName.ofNative("/" + "x".repeat(1000)); // the system's limit, not ours
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> IpcName.of(null));
        assertThrows(NullPointerException.class, () -> IpcName.ofNative(null));
    }

    @Test
    void equality() {
        assertEquals(IpcName.of("x"), IpcName.of("x"));
        assertNotEquals(IpcName.of("x"), IpcName.ofNative("x"));
    }
}
