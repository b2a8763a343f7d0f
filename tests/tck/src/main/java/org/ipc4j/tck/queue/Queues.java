// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.queue;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Queues as the contracts make them, and what they do with those. */
final class Queues {
    /**
     * How many messages the queues of these tests hold, and how long those are: what every Linux
     * allows.
     */
    static final int CAPACITY = 4;

    static final int SIZE = 128;

    private final MessageQueueProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    Queues(
            MessageQueueProvider provider,
            Supplier<IpcName> fresh,
            Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    MessageQueue create() throws IpcException {
        return create(CAPACITY, SIZE);
    }

    MessageQueue create(int capacity, int maxMessageSize) throws IpcException {
        MessageQueue queue =
                provider.create(fresh.get(), MessageQueueOptions.of(capacity, maxMessageSize));
        closing.accept(queue);
        return queue;
    }

    MessageQueue open(MessageQueue queue) throws IpcException {
        MessageQueue other = provider.open(queue.name(), Access.OWNER);
        closing.accept(other);
        return other;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static MemorySegment segment(String text) {
        return MemorySegment.ofArray(text.getBytes(UTF_8));
    }

    static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer).toString();
    }

    static String text(MemorySegment segment, int length) {
        return new String(segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }

    static String next(MessageQueue queue) throws IpcException {
        return queue.tryReceive()
                .map(message -> message.priority() + " " + text(message.payload()))
                .orElse("nothing");
    }

    static void assertIllegal(Executable call, String told) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(told), e::getMessage);
    }
}
