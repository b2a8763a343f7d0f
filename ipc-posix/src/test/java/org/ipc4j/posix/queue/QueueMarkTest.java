// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.queue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.MqueueCalls;
import org.ipc4j.queue.MessageQueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

/** The mark of a queue comes and goes with it, by whichever name. */
class QueueMarkTest {
    private final PosixMessageQueueProvider provider = new PosixMessageQueueProvider();
    private final IpcName name = IpcName.of("ipc4j-mark-" + UUID.randomUUID());
    private final IpcName key = IpcName.ofNative("/" + name.value());

    @AfterEach
    void remove() throws Exception {
        provider.remove(name);
        assertFalse(QueueMark.isSet(name));
    }

    @Test
    void aQueueOfAPortableNameIsMarked() throws Exception {
        provider.create(name, MessageQueueOptions.of(1, 8)).close();
        assertTrue(QueueMark.isSet(name));
        provider.open(name, Access.OWNER).close();
        assertTrue(QueueMark.isSet(name));
        assertTrue(provider.remove(name));
        assertFalse(QueueMark.isSet(name));
    }

    @Test
    void theMarkGoesAlsoByTheNativeKey() throws Exception {
        provider.create(name, MessageQueueOptions.of(1, 8)).close();
        assertTrue(provider.remove(key));
        assertFalse(QueueMark.isSet(name));
    }

    @Test
    void theMarkOfAQueueThatAnotherProgramHasDeletedGoesWithTheName() throws Exception {
        provider.create(name, MessageQueueOptions.of(1, 8)).close();
        MqueueCalls.mq_unlink(key.value());
        assertTrue(QueueMark.isSet(name));
        assertFalse(provider.remove(name));
        assertFalse(QueueMark.isSet(name));
    }
}
