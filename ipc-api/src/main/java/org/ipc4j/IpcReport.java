// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which mechanisms this system offers through which providers.
 *
 * @param rows one row for each provider of each mechanism; the mechanisms in their order, the
 *     providers by rank
 */
public record IpcReport(List<Row> rows) {
    /**
     * Creates a report.
     *
     * @throws NullPointerException if {@code rows} or one of them is null
     */
    public IpcReport {
        rows = List.copyOf(rows);
    }

    /**
     * One provider of one mechanism.
     *
     * @param mechanism the mechanism
     * @param provider the provider's name
     * @param selected whether the mechanism's static factories use this provider
     * @param availability whether it works here, and if not, why
     * @param capabilities what it can do
     */
    public record Row(
            Mechanism mechanism,
            String provider,
            boolean selected,
            Availability availability,
            Set<Capability> capabilities) {}

    /**
     * Returns the report as a table: mechanism, provider (the selected one starred), availability,
     * capabilities.
     */
    @Override
    public String toString() {
        return rows.stream()
                .map(row ->
                        "%-17s %-8s %s  %s"
                                .formatted(
                                        row.mechanism().key(),
                                        row.provider() + (row.selected() ? "*" : ""),
                                        row.availability(),
                                        row.capabilities().stream()
                                                .sorted()
                                                .map(Enum::name)
                                                .collect(Collectors.joining(" ")))
                                .strip())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
