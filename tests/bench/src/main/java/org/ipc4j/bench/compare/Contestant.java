// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.CProgram;
import org.ipc4j.bench.compare.Case.Kind;
import org.ipc4j.bench.compare.Case.Way;

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
    static List<Contestant> all(CProgram peers) {
        return List.of(
                java(OURS, List.of(), "ipc4j", what -> true),
                java(
                        "ipc4j, no special class",
                        List.of("-Dorg.ipc4j.channel.special=false"),
                        "ipc4j",
                        Contestant::hasPlainClass),
                java("ipc4j, BLOCK", List.of(), "ipc4j-block", Contestant::hasOursThatBlocks),
                java("ipc4j, 32 MiB", List.of(), "ipc4j-large", Contestant::hasOursThatIsLarge),
                c(peers, "C ring", "ring", Contestant::hasRing),
                c(peers, "C ring, long by long", "ring-by-longs", Contestant::hasRingByLongs),
                c(peers, "C bare cache line", "line", Contestant::hasBareLine),
                c(peers, "C memcpy", "memcpy", Contestant::hasBareCopy),
                java("Agrona one-to-one", AGRONA, "agrona-one", Contestant::hasAgrona),
                java("Agrona many-to-one", AGRONA, "agrona-many", Contestant::hasAgronaMany),
                new Contestant(
                        "Aeron IPC",
                        javaCommand(AGRONA, End.class, "aeron"),
                        javaCommand(AGRONA, AeronPeer.class),
                        Contestant::hasAeron),
                java(
                        "Chronicle Queue",
                        ChroniclePeer.OPTIONS,
                        "chronicle",
                        Contestant::hasChronicle),
                java("JDK UNIX channel", List.of(), "jdk", Contestant::hasStream),
                java("junixsocket", List.of(), "junixsocket", Contestant::hasStream),
                java("JeroMQ", List.of(), "jeromq", Contestant::hasStream),
                c(peers, "C pipe", "pipe", Contestant::hasStream),
                c(peers, "C UNIX socket", "socket", Contestant::hasStream));
    }

    /** Enough to see what the hidden class is good for. */
    private static boolean hasPlainClass(Case what) {
        return what.length() == 64
                && !what.sleeps()
                && (what.kind() == Kind.ROUND_TRIP || what.kind() == Kind.FLOW)
                && what.parties() == 1;
    }

    /** A channel on which one might wait in the kernel, but nobody does. */
    private static boolean hasOursThatBlocks(Case what) {
        return what.kind() == Kind.SEND
                || what.isSimpleFlow() && what.length() == 64 && what.way() != Way.COPIED;
    }

    /** Who shares a processor is away for a while, and others need room for what they send then. */
    private static boolean hasOursThatIsLarge(Case what) {
        return what.parties() > 1 && !what.kind().isSolo();
    }

    /** The one in C has one writer. If it blocks, each message is a call of the futex. */
    private static boolean hasRing(Case what) {
        return switch (what.kind()) {
            case ROUND_TRIP, PACED -> true;
            case FLOW -> what.isSimpleFlow();
            case SEND -> true;
            case PUBLISH, IDLE, ALLOCATED, OPEN -> false;
        };
    }

    /**
     * It stores and loads as often as we do, who have no vector instructions for short messages.
     */
    private static boolean hasRingByLongs(Case what) {
        return what.isSimpleFlow() && what.way() == Way.BATCHED && what.length() < Content.BULK;
    }

    private static boolean hasBareLine(Case what) {
        return what.kind() == Kind.ROUND_TRIP && what.length() == 64 && !what.sleeps();
    }

    private static boolean hasBareCopy(Case what) {
        return what.isSimpleFlow() && what.length() >= Content.BULK && what.way() == Way.BATCHED;
    }

    /** Nobody waits for it in the kernel. */
    private static boolean hasAgrona(Case what) {
        return !what.sleeps() && what.kind() != Kind.PUBLISH && what.writers() == 1;
    }

    private static boolean hasAgronaMany(Case what) {
        return !what.sleeps()
                && what.length() == 64
                && (what.kind() == Kind.ROUND_TRIP || what.kind() == Kind.FLOW);
    }

    private static boolean hasAeron(Case what) {
        return !what.sleeps() && what.kind() != Kind.OPEN;
    }

    /** It keeps all messages, so large ones would fill the memory. It has no batches. */
    private static boolean hasChronicle(Case what) {
        return what.length() < Content.BULK
                && !what.sleeps()
                && switch (what.kind()) {
                    case ROUND_TRIP, PACED, PUBLISH, SEND, ALLOCATED -> true;
                    case FLOW -> what.isSimpleFlow() && what.way() != Way.BATCHED;
                    case IDLE, OPEN -> false;
                };
    }

    /** What goes through the kernel: enough to see what that means. */
    private static boolean hasStream(Case what) {
        return switch (what.kind()) {
            case ROUND_TRIP, PACED -> what.length() == 64;
            case FLOW ->
                    what.sleeps()
                            || what.isSimpleFlow()
                                    && what.length() == 64
                                    && what.way() == Way.COPIED;
            case PUBLISH, IDLE, SEND, ALLOCATED, OPEN -> false;
        };
    }

    boolean isOurs() {
        return label.equals(OURS);
    }

    /** Whether its name begins with a word. */
    boolean isCalled(String word) {
        return label.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
    }

    private static Contestant java(
            String label, List<String> options, String peer, Predicate<Case> cases) {
        return new Contestant(label, javaCommand(options, End.class, peer), List.of(), cases);
    }

    private static Contestant c(CProgram peers, String label, String peer, Predicate<Case> cases) {
        return new Contestant(label, List.of(peers.path().toString(), peer), List.of(), cases);
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
