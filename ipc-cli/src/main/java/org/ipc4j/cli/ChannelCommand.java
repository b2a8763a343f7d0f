// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ipc channel}. */
@Command(
        name = "channel",
        description =
                "Channels: rings of messages in shared memory, from few senders to one"
                        + " receiver.")
final class ChannelCommand {
    @ParentCommand private IpcCommand ipc;

    /** What a new channel is like. */
    static final class Shape {
        @Option(
                names = "--capacity",
                paramLabel = "BYTES",
                defaultValue = "1M",
                converter = SizeConverter.class,
                description =
                        "How far each sender can be ahead of the receiver, a power of two from 4K"
                                + " to 1G (${DEFAULT-VALUE}).")
        private long capacity;

        @Option(
                names = "--max-size",
                paramLabel = "BYTES",
                converter = SizeConverter.class,
                description =
                        "How long a message can be, at most a quarter of the capacity (a"
                                + " sixteenth).")
        private Long maxSize;

        @Option(
                names = "--senders",
                paramLabel = "N",
                defaultValue = "1",
                description = "How many there can be at a time, 1 to 64 (${DEFAULT-VALUE}).")
        private int senders;

        @Option(
                names = "--waiting",
                paramLabel = "HOW",
                defaultValue = "block",
                converter = WaitStrategyOption.Converter.class,
                completionCandidates = WaitStrategyOption.Words.class,
                description =
                        "How those wait who have to: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
        private WaitStrategy waiting;

        ChannelOptions options(CreateOptions create) {
            ChannelOptions options =
                    ChannelOptions.DEFAULT
                            .withCapacity(clamped(capacity))
                            .withSenders(senders)
                            .withWaiting(waiting)
                            .withAccess(create.access());
            return maxSize == null ? options : options.withMaxMessageSize(clamped(maxSize));
        }

        /** What is too large for a channel stays too large for it, and is refused there. */
        private static int clamped(long size) {
            return Math.clamp(size, 0, Integer.MAX_VALUE);
        }
    }

    @Command(description = "Creates a channel.")
    void create(@Mixin NameArgument name, @Mixin CreateOptions options, @Mixin Shape shape)
            throws IpcException {
        ChannelOptions wanted = shape.options(options);
        (options.orOpen()
                        ? Channel.createOrOpen(name.value(), wanted)
                        : Channel.create(name.value(), wanted))
                .close();
    }

    @Command(
            description = {
                "Shows a channel's key and limits, who is there, and how many bytes each sender is"
                        + " ahead of the receiver.",
                "It only looks: it takes nobody's place, and no message."
            })
    void info(@Mixin NameArgument name, @Mixin AccessOption access, @Mixin InfoOutput output)
            throws IOException {
        try (Channel channel = Channel.open(name.value(), access.value())) {
            Map<String, Object> facts = InfoOutput.facts(channel, ChannelProvider.class);
            facts.put("capacity", channel.capacity());
            facts.put("maxMessageSize", channel.maxMessageSize());
            facts.put("waiting", channel.waiting());
            facts.put("receiver", channel.receiver());
            List<Map<String, Object>> senders = new ArrayList<>();
            for (int i = 0; i < channel.senders(); i++) {
                Map<String, Object> sender = new LinkedHashMap<>();
                sender.put("sender", i);
                sender.put("presence", channel.sender(i));
                sender.put("unhandledBytes", channel.unhandledBytes(i));
                senders.add(sender);
            }
            output.print(facts, "senders", senders, ipc.streams());
        }
    }

    @Command(
            description = {
                "Copies a file to a channel, waiting whenever there is no room.",
                "Bytes go as they come, cut into messages wherever that is convenient, so that a"
                        + " receiver without --lines writes the same bytes; with --lines, each line"
                        + " is a message.",
                "Messages are kept for a receiver that comes later. The exit status is 8 if one"
                        + " leaves meanwhile and there is no room any more."
            })
    void send(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--lines",
                            description = "Send each line as a message, without its line feed.")
                    boolean lines)
            throws IOException, InterruptedException, CommandFailure {
        try (Sender sender = Sender.open(name.value(), access.value())) {
            ChannelInput input = new ChannelInput(sender, timeout);
            file.read(ipc.streams(), lines ? input::sendLines : input::sendBytes);
        }
    }

    @Command(
            description = {
                "Receives messages and writes their bytes to a file, until a sender was there and"
                        + " none is any more.",
                "A message that the file does not take stays in the channel. The exit status is 8"
                        + " if a sender has died, or left before --count messages had come."
            })
    void receive(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            description = "End after so many messages.")
                    Long count,
            @Option(
                            names = "--follow",
                            description = "Go on when all senders have left, for others may come.")
                    boolean follow,
            @Option(names = "--lines", description = "Write a line feed after each message.")
                    boolean lines)
            throws IOException, InterruptedException, CommandFailure {
        if (count != null && count < 1) {
            throw new IllegalArgumentException("--count is 1 or more, not " + count);
        }
        try (Receiver receiver = Receiver.open(name.value(), access.value())) {
            file.write(
                    ipc.streams(),
                    out ->
                            new ChannelOutput(receiver, out, lines)
                                    .receive(
                                            count == null ? Long.MAX_VALUE : count,
                                            follow,
                                            timeout));
        }
    }

    @Command(description = "Deletes a channel's name.")
    void remove(@Mixin NameArgument name) throws IpcException, CommandFailure {
        name.remove(Channel::remove);
    }
}
