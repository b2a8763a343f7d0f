// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.IpcException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** What the contracts do with messages, of channels and of topics. */
final class Messages {
    /** The smallest capacity there is, so that the end of the ring comes often. */
    static final int CAPACITY = 4096;

    /** The longest message that a ring of that capacity can have. */
    static final int SIZE = CAPACITY / 4;

    /** What {@link #next} returns if there is no message. */
    static final String NOTHING = "nothing";

    private Messages() {}

    /** What a handler fails with, known by its identity. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer).toString();
    }

    static String text(MemorySegment memory, long offset, int length) {
        return new String(memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }

    static void send(MessageSink sink, String text) throws IpcException {
        assertTrue(sink.trySend(bytes(text)), () -> "no room for " + text);
    }

    /** Claims room for a text and writes it there, in place. */
    static void claim(MessageSink sink, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        long offset = sink.tryClaim(bytes.length);
        assertTrue(offset >= 0, () -> "no room for " + text);
        MemorySegment.copy(bytes, 0, sink.memory(), ValueLayout.JAVA_BYTE, offset, bytes.length);
    }

    /** Handles one message and returns its text. */
    static String next(MessageSource source) throws IpcException {
        StringBuilder text = new StringBuilder();
        int handled =
                source.poll(
                        (memory, offset, length) -> text.append(text(memory, offset, length)), 1);
        return handled == 0 ? NOTHING : text.toString();
    }

    /** Handles what is there and returns the texts, with a blank between them. */
    static String all(MessageSource source) throws IpcException {
        StringBuilder texts = new StringBuilder();
        for (String text = next(source); !text.equals(NOTHING); text = next(source)) {
            texts.append(texts.isEmpty() ? "" : " ").append(text);
        }
        return texts.toString();
    }

    /** Sends zeroed messages of a length until there is no room. */
    static int fill(MessageSink sink, int length) throws IpcException {
        int sent = 0;
        while (sink.trySend(ByteBuffer.allocate(length))) {
            sent++;
        }
        return sent;
    }

    /** Handles everything that is there and forgets it. */
    static int drain(MessageSource source) throws IpcException {
        int all = 0;
        int some;
        do {
            some = source.poll((memory, offset, length) -> {}, Integer.MAX_VALUE);
            all += some;
        } while (some > 0);
        return all;
    }

    static void assertIllegal(Executable call, String told) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(told), e::getMessage);
    }

    static void assertNothing(MessageSource source) throws IpcException {
        assertEquals(NOTHING, next(source));
    }
}
