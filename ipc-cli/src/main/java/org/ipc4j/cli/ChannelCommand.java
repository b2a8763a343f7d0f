// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.spi.TopicProvider;

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
                "Channels and topics: rings of messages in shared memory, from few senders to one"
                        + " receiver, or from a publisher to all its subscribers.")
final class ChannelCommand {
    @ParentCommand private IpcCommand ipc;

    @Command(description = "Creates a channel; with --subscribers, a topic.")
    void create(@Mixin NameArgument name, @Mixin CreateOptions options, @Mixin ChannelShape shape)
            throws IpcException, CommandFailure {
        shape.create(name.value(), options);
    }

    @Command(
            description = {
                "Shows a channel's or a topic's key and limits, who is there, and how many bytes"
                        + " who sends is ahead of who receives.",
                "It only looks: it takes nobody's place, and no message."
            })
    void info(@Mixin NameArgument name, @Mixin AccessOption access, @Mixin InfoOutput output)
            throws IOException, CommandFailure {
        switch (ChannelKind.of(name.value())) {
            case CHANNEL -> {
                try (Channel channel = Channel.open(name.value(), access.value())) {
                    show(channel, output);
                }
            }
            case TOPIC -> {
                try (Topic topic = Topic.open(name.value(), access.value())) {
                    show(topic, output);
                }
            }
        }
    }

    private void show(Channel channel, InfoOutput output) throws IOException {
        Map<String, Object> facts = InfoOutput.facts(channel, ChannelProvider.class);
        facts.put("capacity", channel.capacity());
        facts.put("maxMessageSize", channel.maxMessageSize());
        facts.put("waiting", channel.waiting());
        facts.put("receiver", channel.receiver());
        List<Map<String, Object>> senders = new ArrayList<>();
        for (int i = 0; i < channel.senders(); i++) {
            senders.add(end("sender", i, channel.sender(i), channel.unhandledBytes(i)));
        }
        output.print(facts, "senders", senders, ipc.streams());
    }

    private void show(Topic topic, InfoOutput output) throws IOException {
        Map<String, Object> facts = InfoOutput.facts(topic, TopicProvider.class);
        facts.put("capacity", topic.capacity());
        facts.put("maxMessageSize", topic.maxMessageSize());
        facts.put("slow", topic.slow());
        facts.put("waiting", topic.waiting());
        facts.put("publisher", topic.publisher());
        List<Map<String, Object>> subscribers = new ArrayList<>();
        for (int i = 0; i < topic.subscribers(); i++) {
            subscribers.add(end("subscriber", i, topic.subscriber(i), topic.unhandledBytes(i)));
        }
        output.print(facts, "subscribers", subscribers, ipc.streams());
    }

    private static Map<String, Object> end(
            String noun, int index, Presence presence, long unhandledBytes) {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put(noun, index);
        end.put("presence", presence);
        end.put("unhandledBytes", unhandledBytes);
        return end;
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
        ChannelKind.CHANNEL.require(name.value());
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
        long wanted = wanted(count);
        ChannelKind.CHANNEL.require(name.value());
        try (Receiver receiver = Receiver.open(name.value(), access.value())) {
            file.write(
                    ipc.streams(),
                    out ->
                            new ChannelOutput(receiver, out, lines)
                                    .receive(wanted, follow, timeout));
        }
    }

    private static long wanted(Long count) {
        if (count != null && count < 1) {
            throw new IllegalArgumentException("--count is 1 or more, not " + count);
        }
        return count == null ? MessageOutput.ALL : count;
    }

    @Command(
            description = {
                "Copies a file to a topic, of which every subscriber sees every message that is"
                        + " published while it is there.",
                "Bytes go as they come, cut into messages wherever that is convenient; with"
                        + " --lines, each line is a message. How a subscriber that does not keep up"
                        + " is dealt with, the topic says."
            })
    void publish(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--subscribers",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Begin when so many subscribers are there.")
                    int subscribers,
            @Option(
                            names = "--lines",
                            description = "Publish each line as a message, without its line feed.")
                    boolean lines)
            throws IOException, InterruptedException, CommandFailure {
        ChannelKind.TOPIC.require(name.value());
        try (Publisher publisher = Publisher.open(name.value(), access.value())) {
            TopicInput input = new TopicInput(publisher, timeout);
            input.awaitSubscribers(subscribers);
            file.read(ipc.streams(), lines ? input::sendLines : input::sendBytes);
        }
    }

    @Command(
            description = {
                "Writes the messages that are published from now on to a file, until the publisher"
                        + " was there and is no more.",
                "Says on standard error how many messages were missed, if any. The exit status is 8"
                    + " if the publisher has died, or left before --count messages had come, and 10"
                    + " if this subscriber was cut off."
            })
    void subscribe(
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
                            description =
                                    "Go on when the publisher has left, for another one may come.")
                    boolean follow,
            @Option(names = "--lines", description = "Write a line feed after each message.")
                    boolean lines,
            @Option(
                            names = "--json",
                            description =
                                    "At the end, print on standard error how many messages came and"
                                            + " were missed, as JSON.")
                    boolean json)
            throws IOException, InterruptedException, CommandFailure {
        long wanted = wanted(count);
        ChannelKind.TOPIC.require(name.value());
        try (Subscriber subscriber = Subscriber.open(name.value(), access.value())) {
            file.write(
                    ipc.streams(),
                    out -> {
                        TopicOutput output = new TopicOutput(subscriber, out, lines);
                        try {
                            output.receive(wanted, follow, timeout);
                        } finally {
                            tell(subscriber, json ? Listing.json(output.counts()) : null);
                        }
                    });
        }
    }

    /** Says what was missed, or in other words what came and was missed. */
    private void tell(Subscriber subscriber, String inOtherWords) {
        if (inOtherWords != null) {
            ipc.streams().err().println(inOtherWords);
        } else if (subscriber.missed() > 0) {
            ipc.streams()
                    .err()
                    .println(
                            "ipc: "
                                    + subscriber.name()
                                    + ": "
                                    + subscriber.missed()
                                    + " messages were missed");
        }
    }

    @Command(description = "Deletes a channel's or a topic's name.")
    void remove(@Mixin NameArgument name) throws IpcException, CommandFailure {
        switch (ChannelKind.of(name.value())) {
            case CHANNEL -> name.remove(Channel::remove);
            case TOPIC -> name.remove(Topic::remove);
        }
    }
}
