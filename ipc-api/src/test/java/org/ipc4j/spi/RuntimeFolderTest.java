// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class RuntimeFolderTest {
    @Test
    void shortNamesStayAsTheyAre() {
        assertEquals("gate.sock", RuntimeFolder.fileName(IpcName.of("gate")));
        String longest = "x".repeat(RuntimeFolder.MAX_FILE_NAME - ".sock".length());
        assertEquals(longest + ".sock", RuntimeFolder.fileName(IpcName.of(longest)));
    }

    @Test
    void longNamesAreCutAndToldApart() {
        for (String letter : new String[] {"x", "\u00e4", "\ud83d\ude00"}) {
            int count = 200 / letter.getBytes(StandardCharsets.UTF_8).length - 1;
            String one = RuntimeFolder.fileName(IpcName.of(letter.repeat(count) + "1"));
            String other = RuntimeFolder.fileName(IpcName.of(letter.repeat(count) + "2"));
            assertNotEquals(one, other);
            for (String name : new String[] {one, other}) {
                int bytes = name.getBytes(StandardCharsets.UTF_8).length;
                assertTrue(bytes <= RuntimeFolder.MAX_FILE_NAME, () -> bytes + " bytes");
                assertTrue(name.startsWith(letter) && name.endsWith(".sock"), name);
            }
        }
    }

    @Test
    void isOfItsUser() {
        RuntimeFolder.path()
                .ifPresent(folder -> {
                    int user = FileOwner.user().orElseThrow();
                    assertEquals(folder, RuntimeFolder.path(user));
                    assertNotEquals(folder, RuntimeFolder.path(user + 1));
                });
    }
}
