// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The mode of an object is what was asked for, whatever the umask. */
@Interop
class UmaskIT {
    private static final Map<String, String> MODES =
            new TreeMap<>(Map.of("owner", "600", "group", "660", "everybody", "666"));

    static Stream<Arguments> umasks() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        Stream.of(Arguments.of(provider, "077"), Arguments.of(provider, "000")));
    }

    @ParameterizedTest(name = "{0}, umask {1}")
    @MethodSource("umasks")
    void modesAreExact(String provider, String umask) throws Exception {
        try (Peer peer = Launcher.jvm(provider).after("umask " + umask).start()) {
            Map<String, String> found = new TreeMap<>();
            Map<String, String> expected = new TreeMap<>();
            for (var access : MODES.entrySet()) {
                String name = Run.name(access.getKey());
                String memory = peer.ok("shm create " + name + " 100 " + access.getKey());
                found.put("shm " + access.getKey(), mode(memory));
                peer.ok("shm unlink " + name);

                peer.ok("sem create " + name + " 1 " + access.getKey());
                found.put("sem " + access.getKey(), mode(only(name)));
                peer.ok("sem unlink " + name);

                String queue = peer.ok("mq create " + name + " 2 50 " + access.getKey());
                if (provider.equals("jvm")) {
                    found.put("mq " + access.getKey(), mode(only(name)));
                } else if (Privileges.isRoot()) {
                    found.put("mq " + access.getKey(), modeOfQueue(queue));
                }
                peer.ok("mq unlink " + name);

                String pipe = peer.ok("fifo reader " + name + " " + access.getKey());
                found.put("fifo " + access.getKey(), mode(pipe));
                peer.ok("fifo close");
                for (String mechanism : new String[] {"shm", "sem", "mq", "fifo"}) {
                    if (!mechanism.equals("mq") || provider.equals("jvm") || Privileges.isRoot()) {
                        expected.put(mechanism + " " + access.getKey(), access.getValue());
                    }
                }
            }
            assertEquals(expected, found);
        }
    }

    private static String mode(String key) {
        String file = Files.exists(Path.of(key)) ? key : "/dev/shm" + key;
        return Run.run("stat", "-c", "%a", file).text();
    }

    /** The key of the one file in {@code /dev/shm} whose name ends so. */
    private static String only(String name) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.toString().endsWith(name))
                    .map(Path::toString)
                    .reduce((one, other) -> one + " and " + other)
                    .orElseThrow();
        }
    }

    private static String modeOfQueue(String key) {
        return Run.run(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t mqueue none /mnt && stat -c %a /mnt" + key)
                .text();
    }
}
