// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.ipc4j.interop.peer.Content;

/** The survivors' end of a pipe, where this JVM cannot have it. */
final class PipePeers {
    /** More than can be written before the reader is gone. */
    private static final String ENDLESS = " fill 1000000000000000 0";

    private PipePeers() {}

    /**
     * Lets a peer read what there is of the stream that seed 0 stands for.
     *
     * @param mechanism the peers' word for the pipe
     * @return how many bytes there were, or -1 if one was wrong
     */
    static long readToTheEnd(Peer peer, String mechanism) {
        String[] answer = peer.ok(mechanism + " drain").split(" ");
        int size = Integer.parseInt(answer[0]);
        return answer[1].equals(Content.digest(Content.pattern(0, 0, size))) ? size : -1;
    }

    /**
     * Lets a peer open a pipe, to write the stream that seed 0 stands for.
     *
     * @param mechanism the peers' word for the pipe
     * @param open how the peer opens it
     */
    static NamedPipeKillIT.Sink sink(Peer peer, String mechanism, String open) {
        peer.ok(open);
        return new NamedPipeKillIT.Sink() {
            @Override
            public long writeUntilTold() {
                peer.fails(mechanism + ENDLESS, Failure.PEER_CLOSED);
                return System.nanoTime();
            }

            @Override
            public void close() {
                peer.ok(mechanism + " close");
            }
        };
    }
}
