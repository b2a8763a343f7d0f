// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.CProgram;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A peer as it is printed and started.
 *
 * @param label what it is called
 * @param command starts one of its processes, with the arguments of {@link End} behind it
 * @param helper starts a process that the others need, with a folder behind it; or is empty
 * @param cases what it takes part in
 */
record Contestant(String label, List<String> command, List<String> helper, Predicate<Case> cases) {
    /** The one whose ratios to all others are printed. */
    private static final String OURS = "ipc4j";

    private static final List<String> AGRONA =
            List.of(
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-Dagrona.disable.bounds.checks=true");

    /** All of them, in the order in which they are printed, ours first. */
    static List<Contestant> all(CProgram ring) {
        return List.of(
                java(OURS, List.of(), "ipc4j", what -> true),
                java(
                        "ipc4j, no special class",
                        List.of("-Dorg.ipc4j.channel.special=false"),
                        "ipc4j",
                        what -> !what.sleeps() && what.length() == 64),
                java("ipc4j, BLOCK", List.of(), "ipc4j-block", Contestant::isPlainFlow),
                new Contestant(
                        "C",
                        List.of(ring.path().toString()),
                        List.of(),
                        what -> what.writers() == 1),
                java(
                        "Agrona one-to-one",
                        AGRONA,
                        "agrona-one",
                        what -> !what.sleeps() && what.writers() == 1),
                java(
                        "Agrona many-to-one",
                        AGRONA,
                        "agrona-many",
                        what -> !what.sleeps() && what.length() == 64),
                new Contestant(
                        "Aeron IPC",
                        javaCommand(AGRONA, End.class, "aeron"),
                        javaCommand(AGRONA, AeronPeer.class),
                        what -> !what.sleeps()));
    }

    boolean isOurs() {
        return label.equals(OURS);
    }

    /** Whether its name begins with a word. */
    boolean isCalled(String word) {
        return label.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isPlainFlow(Case what) {
        return what.kind() == Case.Kind.FLOW
                && what.way() != Case.Way.COPIED
                && what.length() == 64
                && what.writers() == 1;
    }

    private static Contestant java(
            String label, List<String> options, String peer, Predicate<Case> cases) {
        return new Contestant(label, javaCommand(options, End.class, peer), List.of(), cases);
    }

    private static List<String> javaCommand(
            List<String> options, Class<?> type, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
