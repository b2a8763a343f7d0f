// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.io.IOException;
import java.util.List;

/** Where the command {@code ipc} starts. */
public final class IpcMain {
    private IpcMain() {}

    /**
     * Runs a command and ends this process with its {@link ExitStatus}.
     *
     * @param args the command's words
     */
    public static void main(String[] args) {
        System.exit(run(StandardStreams.ofProcess(), args));
    }

    static int run(StandardStreams streams, String... args) {
        return isReported(streams, List.of(args))
                ? ExitStatus.OK.code()
                : IpcCommand.commandLine(streams, args).execute(args);
    }

    /**
     * Reports without picocli, which takes longer to start than all the rest together: its class
     * files are too old for the image's start-up archive. What goes wrong here goes wrong once more
     * with picocli, which says it properly.
     */
    private static boolean isReported(StandardStreams streams, List<String> words) {
        boolean json = words.equals(List.of(Report.WORD, "--json"));
        if (!json && !words.equals(List.of(Report.WORD))) {
            return false;
        }
        try {
            streams.print(json ? Report.json() : Report.text());
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
