// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.NamedObject;
import org.ipc4j.spi.MechanismProvider;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every {@code info} has: {@code --json}, and the facts that all objects have in common. */
final class InfoOutput {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Starts the facts of an object. */
    static Map<String, Object> facts(NamedObject object, Class<? extends MechanismProvider> type) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", object.name().value());
        facts.put("nativeKey", object.nativeKey());
        facts.put("provider", Ipc.provider(type).name());
        return facts;
    }

    void print(Map<String, Object> facts, StandardStreams streams) throws IOException {
        streams.print(json ? Listing.json(facts) : Listing.lines(facts));
    }

    /** Prints an object's facts, and a table of its parts. */
    void print(
            Map<String, Object> facts,
            String name,
            List<Map<String, Object>> parts,
            StandardStreams streams)
            throws IOException {
        if (json) {
            facts.put(name, parts);
            streams.print(Listing.json(facts));
        } else {
            streams.print(Listing.lines(facts));
            streams.print(Listing.table(parts));
        }
    }
}
