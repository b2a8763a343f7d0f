// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code ipc report}. */
@Command(
        name = Report.WORD,
        description = {
            "Shows which mechanisms this system offers through which providers, and why others do"
                    + " not work.",
            "A star marks the provider in use. This is the text to paste into a bug report."
        })
final class ReportCommand implements Callable<Integer> {
    @ParentCommand private IpcCommand ipc;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ipc.streams().print(json ? Report.json() : Report.text());
        return ExitStatus.OK.code();
    }
}
