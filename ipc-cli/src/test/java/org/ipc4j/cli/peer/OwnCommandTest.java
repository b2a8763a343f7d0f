// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.cli.IpcMain;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

class OwnCommandTest {
    @Test
    void withoutTheSystemsHelpItNamesTheJavaOfThisProcess() {
        List<String> command =
                OwnCommand.withoutWords(List.of("not", "how", "this", "was", "started"));
        assertEquals(OwnCommand.fromProperties(), command);
        assertEquals(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                command.getFirst());
        assertTrue(command.getLast().endsWith(IpcMain.class.getName()), command::toString);
    }
}
