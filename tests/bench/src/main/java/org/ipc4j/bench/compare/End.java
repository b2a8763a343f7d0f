// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.channel.WaitStrategy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;

/**
 * One process of a case. The program made of {@code peers.c} is another one.
 *
 * <pre>{@code
 * End PEER KIND WAY LENGTH PARTIES BLOCK|SPIN INDEX PROCESSOR FOLDER
 * }</pre>
 *
 * <p>Index 0 is who receives, answers or publishes; it is started first and creates what the
 * others, from 1 on, open. It writes the line {@code ready} when it has done so. Then, for each
 * number on standard input, it takes part in a round of about so many milliseconds, and writes
 * {@code done} and the numbers that its {@link Work} tells. The processor is one it keeps to. It
 * ends with its standard input.
 */
public final class End {
    private End() {}

    /**
     * The command.
     *
     * @param args see above
     */
    public static void main(String[] args) throws Exception {
        List<String> list = Arrays.asList(args);
        Case what = Case.of(list.subList(1, 1 + Case.ARGUMENTS));
        int index = Integer.parseInt(list.get(1 + Case.ARGUMENTS));
        Path folder = Path.of(list.get(3 + Case.ARGUMENTS));
        Peer.Maker maker = () -> peer(args[0], what, folder);
        try (Peer peer = maker.make()) {
            Work work = Work.of(what, peer, maker, folder, index);
            Processor.pin(Integer.parseInt(list.get(2 + Case.ARGUMENTS)));
            System.out.println("ready");
            Scanner input = new Scanner(System.in);
            while (input.hasNextLong()) {
                String result = work.round(input.nextLong());
                System.out.println("done " + result);
            }
        }
    }

    private static Peer peer(String name, Case what, Path folder) {
        return switch (name) {
            case "ipc4j" -> ours(what, Ipc4jPeer.CAPACITY);
            case "ipc4j-large" -> ours(what, Ipc4jPeer.LARGE);
            case "ipc4j-block" -> new Ipc4jPeer(what, WaitStrategy.BLOCK, Ipc4jPeer.CAPACITY);
            case "agrona-one" -> new AgronaPeer(what, false);
            case "agrona-many" -> new AgronaPeer(what, true);
            case "aeron" -> new AeronPeer(what, folder);
            case "chronicle" -> new ChroniclePeer(what);
            case "jdk" -> new StreamPeer(what, StreamPeer.Maker.JDK);
            case "junixsocket" -> new StreamPeer(what, StreamPeer.Maker.JUNIXSOCKET);
            case "jeromq" -> new JeroMqPeer(what);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Ipc4jPeer ours(Case what, int capacity) {
        WaitStrategy waiting = what.sleeps() ? WaitStrategy.BLOCK : WaitStrategy.SPIN;
        return new Ipc4jPeer(what, waiting, capacity);
    }
}
