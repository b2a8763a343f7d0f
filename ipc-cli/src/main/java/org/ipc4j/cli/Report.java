// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.IpcReport;
import org.ipc4j.spi.Availability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code ipc report} prints. Knows nothing of picocli, so that it is quick. */
final class Report {
    static final String WORD = "report";

    private Report() {}

    static String text() {
        return Version.line() + System.lineSeparator() + Ipc.report();
    }

    static String json() {
        return Json.of(facts(Ipc.report()));
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
