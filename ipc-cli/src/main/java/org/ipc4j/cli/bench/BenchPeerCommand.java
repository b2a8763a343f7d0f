// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.cli.ExitStatus;
import org.ipc4j.cli.IpcCommand;
import org.ipc4j.cli.peer.FirstProcess;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.cli.peer.Peer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;

/** The second process of a benchmark: answers, and counts, until the first one is gone. */
@Command(
        name = BenchPeerCommand.NAME,
        hidden = true,
        description = "The second process of `ipc bench`.")
public final class BenchPeerCommand implements Callable<Integer> {
    /** How {@link BenchCommand} calls it. */
    public static final String NAME = "bench-peer";

    private static final long NOTHING = 0;

    @ParentCommand private IpcCommand ipc;

    @Parameters(index = "0")
    private String prefix;

    @Parameters(index = "1")
    private WaitStrategy waiting;

    /** How many of the many have come. */
    private long count;

    /** What to answer with, and to which number. */
    private long answer = NOTHING;

    private long number;

    /** Creates the command. */
    public BenchPeerCommand() {}

    @Override
    public Integer call() throws IOException {
        FirstProcess.endWith(ipc.streams().in(), Thread.currentThread());
        BenchNames names = new BenchNames(prefix);
        try (Side side =
                new Side(
                        Sender.open(names.back()),
                        Receiver.open(names.there()),
                        waiting,
                        new Patience(() -> true))) {
            ipc.streams().print(Peer.READY);
            while (true) {
                side.receive(this::onMessage);
                if (answer != NOTHING) {
                    side.send(answer, number);
                    answer = NOTHING;
                }
            }
        } catch (InterruptedException e) {
            return ExitStatus.OK.code(); // the first process has all that it wanted
        } catch (Exception e) {
            ipc.streams()
                    .print(Peer.FAILED + String.valueOf(e.getMessage()).replaceAll("\\R", " "));
            return ExitStatus.REFUSED.code();
        }
    }

    private void onMessage(MemorySegment memory, long offset, int length) {
        long kind = Side.kind(memory, offset);
        number = Side.number(memory, offset, length);
        if (kind == Side.DATA && number == count) {
            count++;
        } else if (kind == Side.PING) {
            answer = kind;
        } else if (kind == Side.END && number == count) {
            answer = kind;
            count = 0;
        } else {
            throw new IllegalStateException("message " + number + " came after " + count);
        }
    }
}
