// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.Ipc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code self}: what concerns the process itself. */
final class Self implements Mechanism {
    private final List<InputStream> hoard = new ArrayList<>();

    @Override
    public String obey(String verb, Words words) throws Exception {
        return switch (verb) {
            case "pid" -> Long.toString(ProcessHandle.current().pid());
            case "report" -> Ipc.report().toString().replace('\n', ';');
            case "list" -> list(Path.of(words.text(0)));
            case "descriptors" -> Long.toString(descriptors());
            case "hoard" -> {
                hoardDescriptors();
                yield "";
            }
            case "unhoard" -> {
                int count = words.numberOr(0, hoard.size());
                for (InputStream each : hoard.subList(0, count)) {
                    each.close();
                }
                hoard.subList(0, count).clear();
                yield "";
            }
            default -> Mechanism.unknown(verb);
        };
    }

    private static String list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining(" "));
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** Opens files until there is no descriptor left. */
    private void hoardDescriptors() {
        try {
            while (true) {
                hoard.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException full) {
            // as intended
        }
    }
}
