// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.nio.file.Path;

/** What one process does in each round of a case. */
@FunctionalInterface
interface Work {
    /** Takes part in a round of about so many milliseconds and tells what came of it. */
    String round(long millis) throws Exception;

    /** Prepares the work of a process. */
    static Work of(Case what, Peer peer, Peer.Maker more, Path folder, int index) throws Exception {
        Path forth = folder.resolve("forth");
        return switch (what.kind()) {
            case ROUND_TRIP -> TripWork.of(peer, forth, folder.resolve("home"), index);
            case FLOW ->
                    index == 0
                            ? FlowWork.drain(peer, forth, true, what.writers())
                            : FlowWork.pour(
                                    peer.outlet(forth, false), Account.first(index - 1), what);
            case PUBLISH ->
                    index == 0
                            ? FlowWork.pour(peer.outlet(forth, true), Account.first(0), what)
                            : FlowWork.drain(peer, forth, false, 1);
            case PACED ->
                    index == 0
                            ? PacedWork.listen(peer, forth, what)
                            : PacedWork.send(peer.outlet(forth, false), what);
            case IDLE -> PacedWork.idle(peer, forth);
            case SEND -> SoloWork.send(peer, forth);
            case ALLOCATED -> SoloWork.allocated(peer, folder, what.parties());
            case OPEN -> SoloWork.open(more, folder);
        };
    }

    /** Sends one message, as soon as there is room. */
    static void sendOne(Outlet out, long number) throws Exception {
        while (out.send(number, 1) == 0) {
            Thread.onSpinWait();
        }
    }

    /** Receives one message or more, as soon as there are some. */
    static void receiveSome(Inlet in) throws Exception {
        while (in.receive() == 0) {
            Thread.onSpinWait();
        }
    }
}
