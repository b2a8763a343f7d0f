// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Map;

/** {@code ipc mq}. */
@Command(name = "mq", description = "Message queues: bounded, with priorities.")
final class MqCommand {
    @ParentCommand private IpcCommand ipc;

    @Command(description = "Creates a queue.")
    void create(
            @Mixin NameArgument name,
            @Mixin CreateOptions options,
            @Option(
                            names = "--capacity",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "How many messages it holds (${DEFAULT-VALUE}).")
                    int capacity,
            @Option(
                            names = "--max-size",
                            paramLabel = "BYTES",
                            defaultValue = "8192",
                            converter = SizeConverter.class,
                            description = "How long a message can be (${DEFAULT-VALUE}).")
                    long maxSize)
            throws IpcException {
        MessageQueueOptions wanted =
                new MessageQueueOptions(capacity, intSize(maxSize), options.access());
        (options.orOpen()
                        ? MessageQueue.createOrOpen(name.value(), wanted)
                        : MessageQueue.create(name.value(), wanted))
                .close();
    }

    private static int intSize(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a message has at most " + Integer.MAX_VALUE + " bytes, not " + size);
        }
        return (int) size;
    }

    @Command(description = "Shows a queue's key, limits and number of messages.")
    void info(@Mixin NameArgument name, @Mixin AccessOption access, @Mixin InfoOutput output)
            throws IOException {
        try (MessageQueue queue = MessageQueue.open(name.value(), access.value())) {
            Map<String, Object> facts = InfoOutput.facts(queue, MessageQueueProvider.class);
            facts.put("messages", queue.messageCount());
            facts.put("capacity", queue.capacity());
            facts.put("maxMessageSize", queue.maxMessageSize());
            facts.put("maxPriority", queue.maxPriority());
            output.print(facts, ipc.streams());
        }
    }

    @Command(description = "Sends a message, waiting until there is room.")
    void send(
            @Mixin NameArgument name,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "MESSAGE",
                            defaultValue = "-",
                            description = "The message; - or nothing is all of standard input.")
                    String message,
            @Option(
                            names = "--priority",
                            paramLabel = "N",
                            defaultValue = "0",
                            description =
                                    "Higher is received first; 0 to 31 work everywhere"
                                            + " (${DEFAULT-VALUE}).")
                    int priority)
            throws IOException, InterruptedException, CommandFailure {
        try (MessageQueue queue = MessageQueue.open(name.value(), access.value())) {
            // one byte more than fits shows the queue that it is too long
            byte[] bytes =
                    message.equals("-")
                            ? ipc.streams()
                                    .in()
                                    .readNBytes(Math.addExact(queue.maxMessageSize(), 1))
                            : message.getBytes(argumentCharset());
            boolean sent = queue.trySend(ByteBuffer.wrap(bytes), priority, timeout.value());
            timeout.require(sent, name.value(), "no room");
        }
    }

    /** The shell's bytes came through this one; the way back gives the same bytes again. */
    private static Charset argumentCharset() {
        return Charset.forName(System.getProperty("native.encoding"));
    }

    @Command(
            description = {
                "Receives messages, waiting for each until there is one, and writes their bytes to"
                        + " standard output.",
                "A message that standard output does not take is lost."
            })
    void receive(
            @Mixin NameArgument name,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "How many messages (${DEFAULT-VALUE}).")
                    int count,
            @Option(
                            names = "--follow",
                            description =
                                    "Go on for ever, or until nothing comes within --timeout.")
                    boolean follow,
            @Option(names = "--lines", description = "Write a line feed after each message.")
                    boolean lines)
            throws IOException, InterruptedException, CommandFailure {
        OutputStream out = ipc.streams().out();
        try (MessageQueue queue = MessageQueue.open(name.value(), access.value())) {
            ByteBuffer message = ByteBuffer.allocate(queue.maxMessageSize() + 1);
            for (int i = 0; follow || i < count; i++) {
                message.clear().limit(queue.maxMessageSize());
                int priority = queue.tryReceive(message, timeout.value());
                timeout.require(priority != MessageQueue.NONE, name.value(), "no message");
                if (lines) {
                    message.limit(message.capacity()).put((byte) '\n');
                }
                out.write(message.array(), 0, message.position());
            }
        }
    }

    @Command(description = "Deletes a queue's name.")
    void remove(@Mixin NameArgument name) throws IpcException, CommandFailure {
        name.remove(MessageQueue::remove);
    }
}
