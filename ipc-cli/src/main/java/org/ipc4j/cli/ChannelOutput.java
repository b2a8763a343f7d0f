// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the messages of a channel. */
final class ChannelOutput extends MessageOutput {
    private final Receiver receiver;

    /** Of each sender: whether it was there, or a message of its was. */
    private final boolean[] came;

    ChannelOutput(Receiver receiver, OutputStream out, boolean lines) {
        super(receiver, out, lines);
        this.receiver = receiver;
        this.came = new boolean[receiver.senders()];
    }

    @Override
    void noteSender() {
        came[receiver.sender()] = true;
    }

    @Override
    boolean allLeft() throws IOException {
        boolean anybodyCame = false;
        for (int i = 0; i < came.length; i++) {
            if (receiver.sender(i) == Presence.PRESENT) {
                came[i] = true;
                return false;
            }
            anybodyCame |= came[i];
        }
        return anybodyCame;
    }

    @Override
    void requireNoneDied() throws IOException, CommandFailure {
        for (int i = 0; i < came.length; i++) {
            if (came[i] && receiver.sender(i) == Presence.DIED) {
                throw gone("sender " + i + " has died");
            }
        }
    }

    @Override
    String allHaveLeft() {
        return "the senders have left";
    }
}
