// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.Publisher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Publishes to a topic. */
final class TopicInput extends MessageInput {
    /** How often to look whether more have subscribed. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Publisher publisher;
    private final TimeoutOption timeout;

    TopicInput(Publisher publisher, TimeoutOption timeout) {
        super(publisher, timeout);
        this.publisher = publisher;
        this.timeout = timeout;
    }

    /** Waits for subscribers, who see nothing of what was published before they came. */
    void awaitSubscribers(int wanted) throws IOException, InterruptedException, CommandFailure {
        long start = System.nanoTime();
        for (int there = publisher.subscribers(); there < wanted; there = publisher.subscribers()) {
            Duration left = left(start);
            timeout.require(
                    left.isPositive(),
                    publisher.name(),
                    there + " instead of " + wanted + " subscribers");
            Thread.sleep(left.compareTo(GLANCE) < 0 ? left : GLANCE);
        }
    }

    @Override
    void send(ByteBuffer message, long start)
            throws IOException, InterruptedException, CommandFailure {
        sendWithinTime(message, start);
    }
}
