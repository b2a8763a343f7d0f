// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;

import picocli.CommandLine.Option;

/** What a new channel or topic is like. */
final class ChannelShape {
    @Option(
            names = "--capacity",
            paramLabel = "BYTES",
            defaultValue = "1M",
            converter = SizeConverter.class,
            description =
                    "How far each sender can be ahead of the receiver, or the publisher of a"
                            + " subscriber, a power of two from 4K to 1G (${DEFAULT-VALUE}).")
    private long capacity;

    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description =
                    "How long a message can be, at most a quarter of the capacity (a sixteenth).")
    private Long maxSize;

    @Option(
            names = "--senders",
            paramLabel = "N",
            description = "How many there can be at a time, 1 to 64 (1).")
    private Integer senders;

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            description =
                    "Create a topic, of which so many subscribers at a time, 1 to 64, each see"
                            + " every message.")
    private Integer subscribers;

    @Option(
            names = "--slow",
            paramLabel = "WHAT",
            converter = SlowSubscriberOption.Converter.class,
            completionCandidates = SlowSubscriberOption.Words.class,
            description =
                    "What happens when a subscriber does not keep up: ${COMPLETION-CANDIDATES}"
                            + " (wait). The publisher waits, or overwrites messages and tells the"
                            + " subscriber how many it missed, or cuts it off.")
    private SlowSubscriber slow;

    @Option(
            names = "--waiting",
            paramLabel = "HOW",
            defaultValue = "block",
            converter = WaitStrategyOption.Converter.class,
            completionCandidates = WaitStrategyOption.Words.class,
            description =
                    "How those wait who have to: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private WaitStrategy waiting;

    private ChannelKind kind() {
        if (subscribers == null && slow != null) {
            throw new IllegalArgumentException("--slow is for a topic, and needs --subscribers");
        }
        if (subscribers != null && senders != null) {
            throw new IllegalArgumentException(
                    "a channel has --senders, a topic has one publisher and --subscribers: choose"
                            + " one");
        }
        return subscribers == null ? ChannelKind.CHANNEL : ChannelKind.TOPIC;
    }

    /** Creates what is like this. */
    void create(IpcName name, CreateOptions options) throws IpcException, CommandFailure {
        ChannelKind kind = kind();
        kind.requireNoOther(name);
        switch (kind) {
            case CHANNEL -> createChannel(name, options);
            case TOPIC -> createTopic(name, options);
        }
    }

    private void createChannel(IpcName name, CreateOptions options) throws IpcException {
        ChannelOptions wanted =
                ChannelOptions.DEFAULT
                        .withCapacity(clamped(capacity))
                        .withSenders(senders == null ? 1 : senders)
                        .withWaiting(waiting)
                        .withAccess(options.access());
        if (maxSize != null) {
            wanted = wanted.withMaxMessageSize(clamped(maxSize));
        }
        (options.orOpen() ? Channel.createOrOpen(name, wanted) : Channel.create(name, wanted))
                .close();
    }

    private void createTopic(IpcName name, CreateOptions options) throws IpcException {
        TopicOptions wanted =
                TopicOptions.DEFAULT
                        .withCapacity(clamped(capacity))
                        .withSubscribers(subscribers)
                        .withSlow(slow == null ? SlowSubscriber.WAIT : slow)
                        .withWaiting(waiting)
                        .withAccess(options.access());
        if (maxSize != null) {
            wanted = wanted.withMaxMessageSize(clamped(maxSize));
        }
        (options.orOpen() ? Topic.createOrOpen(name, wanted) : Topic.create(name, wanted)).close();
    }

    /** What is too large for a channel stays too large for it, and is refused there. */
    private static int clamped(long size) {
        return Math.clamp(size, 0, Integer.MAX_VALUE);
    }
}
