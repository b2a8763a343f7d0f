// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.NamedObject;
import org.ipc4j.spi.MechanismProvider;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.LinkedHashMap;
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
}
