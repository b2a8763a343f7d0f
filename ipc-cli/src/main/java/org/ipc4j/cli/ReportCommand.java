// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.IpcReport;
import org.ipc4j.spi.Availability;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code ipc report}. */
@Command(
        name = "report",
        description = {
            "Shows which mechanisms this system offers through which providers, and why others do"
                    + " not work.",
            "A star marks the provider in use. This is the text to paste into a bug report."
        })
final class ReportCommand implements Callable<Integer> {
    @ParentCommand private IpcMain ipc;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        IpcReport report = Ipc.report();
        ipc.streams()
                .print(
                        json
                                ? Json.of(facts(report))
                                : new Version().getVersion()[0] + "\n" + report);
        return ExitStatus.OK.code();
    }

    private static Map<String, Object> facts(IpcReport report) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ipc", Version.ipc());
        facts.put("java", Version.java());
        facts.put("system", Version.system());
        List<Map<String, Object>> mechanisms = new ArrayList<>();
        report.rows().forEach(row -> mechanisms.add(facts(row)));
        facts.put("mechanisms", mechanisms);
        return facts;
    }

    private static Map<String, Object> facts(IpcReport.Row row) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("mechanism", row.mechanism().key());
        facts.put("provider", row.provider());
        facts.put("selected", row.selected());
        facts.put("available", row.availability().isAvailable());
        if (row.availability() instanceof Availability.Unavailable(String reason)) {
            facts.put("reason", reason);
        }
        facts.put("capabilities", row.capabilities().stream().sorted().toList());
        return facts;
    }
}
