// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.ipc4j.interop.peer.Content;
import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A queue of numbered messages as survivors see it: this JVM, or peers where it cannot be. */
interface Messages {
    Duration PATIENCE = Duration.ofMillis(50);

    String nativeKey();

    /** Sends the message of that number, unless there is no room in time. */
    boolean send(long sequence) throws Exception;

    /** Receives the next message; empty if there is none in time. */
    Optional<Long> receive() throws Exception;

    long count() throws Exception;

    /** Those of a queue that this JVM has open. */
    static Messages of(MessageQueue queue) {
        return new Messages() {
            @Override
            public String nativeKey() {
                return queue.nativeKey();
            }

            @Override
            public boolean send(long sequence) throws Exception {
                byte[] message = Content.message(sequence, queue.maxMessageSize());
                return queue.trySend(
                        ByteBuffer.wrap(message), Content.priority(sequence), PATIENCE);
            }

            @Override
            public Optional<Long> receive() throws Exception {
                Optional<Message> received = queue.tryReceive(PATIENCE);
                if (received.isEmpty()) {
                    return Optional.empty();
                }
                Message message = received.get();
                return Optional.of(
                        Content.sequence(
                                        message.payload(),
                                        message.priority(),
                                        queue.maxMessageSize())
                                .orElseThrow(() -> new AssertionError("torn: " + message)));
            }

            @Override
            public long count() throws Exception {
                return queue.messageCount();
            }
        };
    }

    /** Those of a queue that two peers have open, so that one can send while the other receives. */
    static Messages of(Peer sender, Peer receiver, String nativeKey) {
        return new Messages() {
            @Override
            public String nativeKey() {
                return nativeKey;
            }

            @Override
            public boolean send(long sequence) {
                return sender.does("mq sendNumbered " + PATIENCE.toMillis() + " " + sequence);
            }

            @Override
            public Optional<Long> receive() {
                String answer = receiver.ask("mq receiveNumbered " + PATIENCE.toMillis());
                return answer.equals("none")
                        ? Optional.empty()
                        : Optional.of(Long.parseLong(answer.substring("ok ".length())));
            }

            @Override
            public long count() {
                return Long.parseLong(sender.ok("mq attributes").split(" ")[2]);
            }
        };
    }
}
