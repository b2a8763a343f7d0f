// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code chan}: one {@link Sender}, and one {@link Receiver}. */
final class Chan implements Mechanism {
    private Sender sender;
    private Receiver receiver;

    @Override
    public String obey(String verb, Words words) throws Exception {
        return switch (verb) {
            case "createSender" -> opened(Sender.create(words.name(), options(words)));
            case "createReceiver" -> opened(Receiver.create(words.name(), options(words)));
            case "openSender" -> opened(Sender.open(words.name(), words.access(1)));
            case "openReceiver" -> opened(Receiver.open(words.name(), words.access(1)));
            case "unlink" -> Mechanism.done(Channel.remove(words.name()));
            case "closeSender" -> {
                sender.close();
                yield "";
            }
            case "closeReceiver" -> {
                receiver.close();
                yield "";
            }
            case "receive" -> receive(Duration.ofDays(1));
            case "timedreceive" -> receive(Duration.ofMillis(words.big(0)));
            case "receiveNumbered" -> Numbering.receive(receiver, words);
            case "sender" -> receiver.sender(words.number(0)).toString();
            case "runReceiver" -> {
                CrashPoint crash = CrashPoint.of(words, 1);
                JvmPeer.ready();
                new ChannelReceiving(receiver, crash).run(words.text(0));
                yield "";
            }
            default -> send(verb, words);
        };
    }

    private String send(String verb, Words words) throws Exception {
        return switch (verb) {
            case "send" -> {
                sender.send(bytes(words.text(0)));
                yield "";
            }
            case "timedsend" ->
                    Mechanism.done(
                            sender.send(bytes(words.text(1)), Duration.ofMillis(words.big(0))));
            case "sendNumbered" -> Numbering.send(sender, words);
            case "claim" -> claim(bytes(words.text(0)));
            case "commit" -> {
                sender.commit();
                yield "";
            }
            case "stage" -> {
                sender.stage();
                yield "";
            }
            case "abort" -> {
                sender.abort();
                yield "";
            }
            case "index" -> Integer.toString(sender.index());
            case "position" -> Long.toString(sender.position());
            case "receiver" -> sender.receiver().toString();
            case "countReceiver" -> countReceiver(words.text(0), words.number(1));
            case "runSender" -> {
                CrashPoint crash = CrashPoint.of(words, 2);
                JvmPeer.ready();
                new ChannelSending(sender, crash).run(words.text(0), words.big(1));
                yield "";
            }
            default -> Mechanism.unknown(verb);
        };
    }

    /** {@code PRESENCE TIMES}: asks so often, and answers how often it was that. */
    private String countReceiver(String presence, int times) throws Exception {
        int count = 0;
        for (int i = 0; i < times; i++) {
            count += sender.receiver().name().equals(presence) ? 1 : 0;
        }
        return Integer.toString(count);
    }

    private String opened(Sender opened) {
        sender = opened;
        return opened.nativeKey();
    }

    private String opened(Receiver opened) {
        receiver = opened;
        return opened.nativeKey();
    }

    /** {@code NAME WAITING SENDERS CAPACITY SIZE}. */
    private static ChannelOptions options(Words words) {
        return ChannelOptions.DEFAULT
                .withWaiting(WaitStrategy.valueOf(words.text(1)))
                .withSenders(words.number(2))
                .withCapacity(words.number(3))
                .withMaxMessageSize(words.number(4));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers where the message is; {@code none} if there is no room. */
    private String claim(ByteBuffer message) {
        long offset = sender.tryClaim(message.remaining());
        if (offset < 0) {
            return offset == Sender.FULL ? NONE : "gone";
        }
        MemorySegment.copy(
                message.array(),
                0,
                sender.memory(),
                ValueLayout.JAVA_BYTE,
                offset,
                message.remaining());
        return Long.toString(offset);
    }

    /** Answers {@code SENDER POSITION TEXT}. */
    private String receive(Duration timeout) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(receiver.maxMessageSize());
        if (receiver.receive(target, timeout) == Receiver.NONE) {
            return NONE;
        }
        return receiver.sender()
                + " "
                + receiver.position()
                + " "
                + StandardCharsets.UTF_8.decode(target.flip());
    }
}
