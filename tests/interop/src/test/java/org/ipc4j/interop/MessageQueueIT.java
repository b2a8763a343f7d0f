// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes, two languages, one message queue. */
@Interop
class MessageQueueIT {
    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.Meetings#all")
    void messagesGoBothWays(Launcher first, Launcher second) throws Exception {
        String name = Run.name("mq");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("mq create " + first.spell("mq", name) + " 3 64");
            assertEquals(key, opener.ok("mq open " + key));
            messagesGoBothWays(creator, opener);

            opener.ok("mq unlink " + key);
            opener.ok("mq send 2 still");
            assertEquals("2 still", creator.ok("mq receive")); // who has it open keeps it
            creator.error("mq open " + key);
            for (Peer peer : new Peer[] {creator, opener}) {
                if (peer.isJvm()) {
                    peer.none(
                            "mq unlink "
                                    + name); // takes away what a deletion by another program may
                    // have left
                }
            }
        }
    }

    /** Two processes have an empty queue open that takes three messages of 64 bytes. */
    static void messagesGoBothWays(Peer creator, Peer opener) throws InterruptedException {
        assertEquals("3 64 0", opener.ok("mq attributes"));

        creator.ok("mq send 1 low");
        creator.ok("mq send 31 high");
        creator.ok("mq send 1 later");
        assertEquals("3 64 3", opener.ok("mq attributes"));
        opener.none("mq timedsend 50 0 full");
        assertEquals("31 high", opener.ok("mq receive"));
        assertEquals("1 low", opener.ok("mq receive"));
        assertEquals("1 later", opener.ok("mq timedreceive 1000"));
        opener.none("mq timedreceive 50");

        String longest = "x".repeat(64);
        opener.ok("mq send 0 " + longest);
        assertEquals("0 " + longest, creator.ok("mq receive"));
        creator.error("mq send 0 " + longest + "x");

        creator.tell("mq receive");
        Thread.sleep(100);
        assertFalse(creator.hasAnswered(), "there is no message");
        opener.ok("mq send 7 awake");
        assertEquals("7 awake", creator.ok());
    }
}
