// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.IpcCommand;
import org.ipc4j.cli.peer.FirstProcess;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.cli.peer.Peer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** The second process of a tour: receives, and says what came. */
@Command(
        name = TourPeerCommand.NAME,
        hidden = true,
        description = "The second process of `ipc tour`.")
public final class TourPeerCommand implements Callable<Integer> {
    /** How {@link TourCommand} calls it. */
    public static final String NAME = "tour-peer";

    @ParentCommand private IpcCommand ipc;

    @Parameters(index = "0")
    private String passage;

    @Parameters(index = "1")
    private String prefix;

    @Parameters(index = "2..*", arity = "0..*")
    private List<String> told = List.of();

    /** Creates the command. */
    public TourPeerCommand() {}

    @Override
    public Integer call() throws IOException {
        FirstProcess.endWith(ipc.streams().in(), Thread.currentThread());
        Receipt receipt = new Receipt(() -> ipc.streams().print(Peer.READY));
        try {
            Passage.of(passage)
                    .receive(new TourNames(prefix), told, receipt, new Patience(() -> true));
        } catch (Exception e) {
            ipc.streams()
                    .print(Peer.FAILED + String.valueOf(e.getMessage()).replaceAll("\\R", " "));
            return ExitStatus.REFUSED.code();
        }
        Receipt.Sum sum = receipt.sum();
        ipc.streams().print(Receipt.RECEIVED + sum);
        return ExitStatus.OK.code();
    }
}
