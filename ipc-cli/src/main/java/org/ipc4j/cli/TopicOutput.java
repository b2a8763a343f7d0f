// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Subscriber;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the messages of a topic. */
final class TopicOutput extends MessageOutput {
    private final Subscriber subscriber;

    /** Whether the publisher was there, or a message was. */
    private boolean came;

    TopicOutput(Subscriber subscriber, OutputStream out, boolean lines) {
        super(subscriber, out, lines);
        this.subscriber = subscriber;
    }

    @Override
    void noteSender() {
        came = true;
    }

    @Override
    boolean allLeft() throws IOException {
        if (subscriber.publisher() == Presence.PRESENT) {
            came = true;
            return false;
        }
        return came;
    }

    @Override
    void requireNoneDied() throws IOException, CommandFailure {
        if (subscriber.publisher() == Presence.DIED) {
            throw gone("the publisher has died");
        }
    }

    @Override
    String allHaveLeft() {
        return "the publisher has left";
    }

    /** Returns how many messages came and were missed, for programs. */
    Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("name", subscriber.name().value());
        counts.put("messages", count());
        counts.put("missed", subscriber.missed());
        return counts;
    }
}
