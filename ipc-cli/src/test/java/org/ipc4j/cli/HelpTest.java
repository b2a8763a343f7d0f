// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import picocli.CommandLine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class HelpTest {
    @TestFactory
    Stream<DynamicTest> everyCommandHelps() {
        List<List<String>> commands = new ArrayList<>();
        collect(IpcCommand.commandLine(StandardStreams.ofProcess()), List.of(), commands);
        assertTrue(commands.size() > 25, commands::toString);
        return commands.stream()
                .map(words ->
                        DynamicTest.dynamicTest(
                                "ipc " + String.join(" ", words), () -> helps(words)));
    }

    private static void collect(CommandLine line, List<String> words, List<List<String>> all) {
        all.add(words);
        line.getSubcommands()
                .forEach((name, command) -> {
                    List<String> more = new ArrayList<>(words);
                    more.add(name);
                    collect(command, more, all);
                });
    }

    private static void helps(List<String> words) {
        List<String> call = new ArrayList<>(words);
        call.add("--help");
        Called help = Called.ipc(call.toArray(String[]::new));
        assertEquals(0, help.status());
        assertTrue(help.out().startsWith("Usage: ipc"), help.out());
        assertTrue(help.out().contains("--verbose"), help.out());
        assertTrue(help.out().contains("--provider"), help.out());
        assertTrue(help.out().contains("Exit status"), help.out());
        assertEquals("", help.err());
    }

    @Test
    void theSecondProcessesAreHidden() {
        assertFalse(Called.ipc("--help").out().contains("-peer"));
        assertFalse(Called.ipc("generate-completion").out().contains("-peer"));
    }

    @Test
    void theVersionIsOneLine() {
        Called version = Called.ipc("--version");
        assertEquals(0, version.status());
        assertTrue(version.out().startsWith("ipc "), version.out());
        assertEquals(1, version.out().lines().count());
    }

    @Test
    void wrongUsageIsOneLineThatNamesTheHelp() {
        for (String words :
                List.of(
                        "",
                        "nonsense",
                        "sem",
                        "sem nonsense",
                        "sem create",
                        "sem acquire g --timeout 5")) {
            Called call = words.isEmpty() ? Called.ipc() : Called.ipc(words.split(" "));
            assertEquals(ExitStatus.USAGE.code(), call.status(), words);
            assertEquals("", call.out(), words);
            assertEquals(1, call.err().lines().count(), call.err());
            assertTrue(call.err().startsWith("ipc: "), call.err());
            assertTrue(call.err().contains("--help)"), call.err());
        }
    }
}
