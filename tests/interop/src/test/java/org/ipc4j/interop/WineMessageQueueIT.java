// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two Windows processes, one message queue. Windows has none, so it is always the one of plain
 * Java.
 */
@WineInterop
class WineMessageQueueIT {
    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#jvm")
    void overFilesItIsRemoved(Launcher first, Launcher second) throws Exception {
        String name = Run.name("mq");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            opener.fails("mq open " + name, Failure.ABSENT);
            String key = creator.ok("mq create " + name + " 3 64");
            opener.fails("mq create " + name + " 3 64", Failure.PRESENT);
            assertEquals(key, opener.ok("mq open " + key));
            MessageQueueIT.messagesGoBothWays(creator, opener);

            creator.ok("mq send 4 kept");
            creator.ok("mq close");
            opener.ok("mq close");
            assertEquals(key, opener.ok("mq open " + name), "it outlives its users");
            assertEquals("4 kept", opener.ok("mq receive"));
            opener.ok("mq close");
            opener.ok("mq unlink " + name);
            creator.fails("mq open " + key, Failure.ABSENT);
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windowsJvm")
    void overMemoryOfWindowsItGoesWithItsLastUser(Launcher first, Launcher second)
            throws Exception {
        String name = Run.name("mq");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            opener.fails("mq open " + name, Failure.ABSENT);
            String key = creator.ok("mq create " + name + " 3 64");
            assertEquals("Local\\shm.ipc4j-mq." + name, key);
            opener.fails("mq create " + name + " 3 64", Failure.PRESENT);
            assertEquals(key, opener.ok("mq open " + key));
            MessageQueueIT.messagesGoBothWays(creator, opener);

            opener.ok("mq send 4 kept");
            creator.ok("mq close");
            assertEquals(key, creator.ok("mq open " + name), "the opener has it still");
            assertEquals("4 kept", creator.ok("mq receive"));
            creator.ok("mq close");
            opener.ok("mq close");
            creator.fails("mq open " + key, Failure.ABSENT);
        }
    }
}
