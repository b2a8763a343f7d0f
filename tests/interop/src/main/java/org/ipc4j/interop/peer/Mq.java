// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcName;
import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code mq}: {@link MessageQueue}. */
final class Mq implements Mechanism {
    private MessageQueue queue;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "create" -> queue = MessageQueue.create(words.name(), options(words));
            case "createOrOpen" -> queue = MessageQueue.createOrOpen(words.name(), options(words));
            case "open" -> queue = MessageQueue.open(words.name(), words.access(1));
            case "createMany" -> createMany(words);
            case "send" -> queue.send(bytes(words.text(1)), words.number(0));
            case "timedsend" -> {
                return Mechanism.done(
                        queue.trySend(
                                bytes(words.text(2)),
                                words.number(1),
                                Duration.ofMillis(words.big(0))));
            }
            case "receive" -> {
                return text(queue.receive());
            }
            case "timedreceive" -> {
                Optional<Message> message = queue.tryReceive(Duration.ofMillis(words.big(0)));
                return message.isPresent() ? text(message.get()) : NONE;
            }
            case "sendNumbered" -> {
                return Mechanism.done(
                        queue.trySend(
                                numbered(words.big(1)),
                                Content.priority(words.big(1)),
                                Duration.ofMillis(words.big(0))));
            }
            case "receiveNumbered" -> {
                Optional<Message> message = queue.tryReceive(Duration.ofMillis(words.big(0)));
                return message.isPresent() ? number(message.get()) : NONE;
            }
            case "attributes" -> {
                return queue.capacity() + " " + queue.maxMessageSize() + " " + queue.messageCount();
            }
            case "close" -> queue.close();
            case "unlink" -> {
                return Mechanism.done(MessageQueue.remove(words.name()));
            }
            case "runCreator" ->
                    Creator.run(
                            () -> MessageQueue.create(words.name(), options(words)),
                            () -> MessageQueue.remove(words.name()));
            case "runSender" -> runSender(words.big(0));
            case "runReceiver" -> runReceiver();
            default -> Mechanism.unknown(verb);
        }
        return verb.startsWith("create") || verb.equals("open") ? queue.nativeKey() : "";
    }

    private static MessageQueueOptions options(Words words) {
        return MessageQueueOptions.of(words.number(1), words.number(2)).withAccess(words.access(3));
    }

    /**
     * {@code createMany NAME CAPACITY SIZE COUNT}: has so many queues at the same time, then
     * removes them again.
     */
    private void createMany(Words words) throws Exception {
        List<MessageQueue> queues = new ArrayList<>();
        try {
            for (int i = 0; i < words.number(3); i++) {
                queues.add(
                        MessageQueue.create(
                                IpcName.of(words.text(0) + "-" + i),
                                words.number(1),
                                words.number(2)));
            }
            queue = queues.getLast();
        } finally {
            for (MessageQueue each : queues) {
                each.close();
                MessageQueue.remove(each.name());
            }
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Message message) {
        return message.priority() + " " + StandardCharsets.UTF_8.decode(message.payload());
    }

    private ByteBuffer numbered(long sequence) {
        return ByteBuffer.wrap(Content.message(sequence, queue.maxMessageSize()));
    }

    private OptionalLong sequence(Message message) {
        return Content.sequence(message.payload(), message.priority(), queue.maxMessageSize());
    }

    private String number(Message message) {
        return Long.toString(
                sequence(message).orElseThrow(() -> new IllegalStateException("torn: " + message)));
    }

    /** Sends numbered messages until it is killed. */
    private void runSender(long first) throws Exception {
        JvmPeer.ready();
        for (long i = first; ; i++) {
            ByteBuffer message = numbered(i);
            Event.tell('s', i);
            queue.send(message, Content.priority(i));
            Event.tell('S', i);
        }
    }

    /** Receives numbered messages until it is killed. */
    private void runReceiver() throws Exception {
        JvmPeer.ready();
        while (true) {
            Event.tell('r', 0);
            Message message = queue.receive();
            OptionalLong sequence = sequence(message);
            Event.tell(sequence.isPresent() ? 'R' : 'X', sequence.orElse(0));
        }
    }
}
