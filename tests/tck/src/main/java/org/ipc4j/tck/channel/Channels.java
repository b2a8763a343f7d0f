// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.spi.ChannelProvider;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Channels as the contracts make them, and what they do with those. */
final class Channels {
    /** The smallest capacity there is, so that the end of the ring comes often. */
    static final int CAPACITY = 4096;

    /** The longest message that such a channel can have. */
    static final int SIZE = CAPACITY / 4;

    static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT.withCapacity(CAPACITY).withMaxMessageSize(SIZE);

    /** What {@link #next} returns if there is no message. */
    static final String NOTHING = "nothing";

    private final ChannelProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    Channels(ChannelProvider provider, Supplier<IpcName> fresh, Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    Sender sender() throws IpcException {
        return sender(OPTIONS);
    }

    Sender sender(ChannelOptions options) throws IpcException {
        return closing(provider.createSender(fresh.get(), options));
    }

    Receiver receiver(ChannelOptions options) throws IpcException {
        return closing(provider.createReceiver(fresh.get(), options));
    }

    /** Opens one more sender of a channel. */
    Sender senderOf(NamedObject end) throws IpcException {
        return closing(provider.openSender(end.name(), Access.OWNER));
    }

    /** Opens the receiver of a channel. */
    Receiver receiverOf(NamedObject end) throws IpcException {
        return closing(provider.openReceiver(end.name(), Access.OWNER));
    }

    private <C extends AutoCloseable> C closing(C end) {
        closing.accept(end);
        return end;
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

    static void send(Sender sender, String text) throws IpcException {
        assertTrue(sender.trySend(bytes(text)), () -> "no room for " + text);
    }

    /** Claims room for a text and writes it there, in place. */
    static void claim(Sender sender, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        long offset = sender.tryClaim(bytes.length);
        assertTrue(offset >= 0, () -> "no room for " + text);
        MemorySegment.copy(bytes, 0, sender.memory(), ValueLayout.JAVA_BYTE, offset, bytes.length);
    }

    /** Handles one message and returns its text. */
    static String next(Receiver receiver) throws IpcException {
        StringBuilder text = new StringBuilder();
        int handled =
                receiver.poll(
                        (memory, offset, length) -> text.append(text(memory, offset, length)), 1);
        return handled == 0 ? NOTHING : text.toString();
    }

    /** Handles what is there and returns the texts, with a blank between them. */
    static String all(Receiver receiver) throws IpcException {
        StringBuilder texts = new StringBuilder();
        for (String text = next(receiver); !text.equals(NOTHING); text = next(receiver)) {
            texts.append(texts.isEmpty() ? "" : " ").append(text);
        }
        return texts.toString();
    }

    /** Sends zeroed messages of a length until there is no room. */
    static int fill(Sender sender, int length) throws IpcException {
        int sent = 0;
        while (sender.trySend(ByteBuffer.allocate(length))) {
            sent++;
        }
        return sent;
    }

    /** Handles everything that is there and forgets it. */
    static int drain(Receiver receiver) throws IpcException {
        int all = 0;
        int some;
        do {
            some = receiver.poll((memory, offset, length) -> {}, Integer.MAX_VALUE);
            all += some;
        } while (some > 0);
        return all;
    }

    static void assertIllegal(Executable call, String told) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(told), e::getMessage);
    }

    static void assertNothing(Receiver receiver) throws IpcException {
        assertEquals(NOTHING, next(receiver));
    }
}
