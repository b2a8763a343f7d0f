// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Windows processes that send and receive are ended; the same is promised as in {@link
 * MessageQueueKillIT}.
 */
@WineInterop
class WineMessageQueueKillIT {
    private static final String LIMITS =
            MessageQueueKillIT.CAPACITY + " " + MessageQueueKillIT.SIZE;

    /** What the survivors have, and their victims do. */
    interface Kills {
        void play(Messages queue, Campaign campaign) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void sendersAreKilled(WineVictims victims) throws Exception {
        kill(victims, "sender of a message queue", MessageQueueKillIT::sendersAreKilled);
    }

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void receiversAreKilled(WineVictims victims) throws Exception {
        kill(victims, "receiver of a message queue", MessageQueueKillIT::receiversAreKilled);
    }

    private static void kill(WineVictims victims, String what, Kills kills) throws Exception {
        String name = Run.name("mq-kill");
        try (Peer sender = victims.survivor().start();
                Peer receiver = victims.survivor().start()) {
            String key = sender.ok("mq create " + name + " " + LIMITS);
            receiver.ok("mq open " + key);
            Messages queue = Messages.of(sender, receiver, key);
            victims.end(what, campaign -> kills.play(queue, campaign));
            receiver.ok("mq close");
            victims.lifetime().end(sender, "mq", name);
        }
    }
}
