// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code topic}: one {@link Publisher}, and one {@link Subscriber}. */
final class PubSub implements Mechanism {
    private Publisher publisher;
    private Subscriber subscriber;

    @Override
    public String obey(String verb, Words words) throws Exception {
        return switch (verb) {
            case "createPublisher" -> opened(Publisher.create(words.name(), options(words)));
            case "createSubscriber" -> opened(Subscriber.create(words.name(), options(words)));
            case "openPublisher" -> opened(Publisher.open(words.name(), words.access(1)));
            case "openSubscriber" -> opened(Subscriber.open(words.name(), words.access(1)));
            case "unlink" -> Mechanism.done(Topic.remove(words.name()));
            case "closePublisher" -> {
                publisher.close();
                yield "";
            }
            case "closeSubscriber" -> {
                subscriber.close();
                yield "";
            }
            case "receive" -> receive(Duration.ofDays(1));
            case "timedreceive" -> receive(Duration.ofMillis(words.big(0)));
            case "receiveNumbered" -> Numbering.receive(subscriber, words);
            case "missed" -> Long.toString(subscriber.missed());
            case "index" -> Integer.toString(subscriber.index());
            case "publisher" -> subscriber.publisher().toString();
            case "runSubscriber" -> {
                CrashPoint crash = CrashPoint.of(words, 1);
                JvmPeer.ready();
                new ChannelReceiving(subscriber, crash).run(words.text(0));
                yield "";
            }
            default -> publish(verb, words);
        };
    }

    private String publish(String verb, Words words) throws Exception {
        return switch (verb) {
            case "send" -> {
                publisher.send(bytes(words.text(0)));
                yield "";
            }
            case "timedsend" ->
                    Mechanism.done(
                            publisher.send(bytes(words.text(1)), Duration.ofMillis(words.big(0))));
            case "sendNumbered" -> Numbering.send(publisher, words);
            case "claim" -> claim(bytes(words.text(0)));
            case "commit" -> {
                publisher.commit();
                yield "";
            }
            case "stage" -> {
                publisher.stage();
                yield "";
            }
            case "abort" -> {
                publisher.abort();
                yield "";
            }
            case "position" -> Long.toString(publisher.position());
            case "subscribers" -> Integer.toString(publisher.subscribers());
            case "runPublisher" -> {
                CrashPoint crash = CrashPoint.of(words, 2);
                JvmPeer.ready();
                new ChannelSending(publisher, crash).run(words.text(0), words.big(1));
                yield "";
            }
            default -> Mechanism.unknown(verb);
        };
    }

    private String opened(Publisher opened) {
        publisher = opened;
        return opened.nativeKey();
    }

    private String opened(Subscriber opened) {
        subscriber = opened;
        return opened.nativeKey();
    }

    /** {@code NAME WAITING SUBSCRIBERS SLOW CAPACITY SIZE}. */
    private static TopicOptions options(Words words) {
        return TopicOptions.DEFAULT
                .withWaiting(WaitStrategy.valueOf(words.text(1)))
                .withSubscribers(words.number(2))
                .withSlow(SlowSubscriber.valueOf(words.text(3)))
                .withCapacity(words.number(4))
                .withMaxMessageSize(words.number(5));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers where the message is; {@code none} if there is no room. */
    private String claim(ByteBuffer message) {
        long offset = publisher.tryClaim(message.remaining());
        if (offset < 0) {
            return NONE;
        }
        MemorySegment.copy(
                message.array(),
                0,
                publisher.memory(),
                ValueLayout.JAVA_BYTE,
                offset,
                message.remaining());
        return Long.toString(offset);
    }

    /** Answers {@code POSITION TEXT}. */
    private String receive(Duration timeout) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(subscriber.maxMessageSize());
        if (subscriber.receive(target, timeout) == MessageSource.NONE) {
            return NONE;
        }
        return subscriber.position() + " " + StandardCharsets.UTF_8.decode(target.flip());
    }
}
