// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.fail;

import org.ipc4j.interop.peer.Event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A peer that will be killed, and what it said about its operations until then. */
final class Victim {
    private final Peer peer;
    private final Runnable end;
    private final List<Event> events = new ArrayList<>();
    private final Map<Character, Integer> counts = new HashMap<>();
    private Thread listener;
    private volatile boolean complete;

    Victim(Peer peer) {
        this(peer, Killer.SIGNAL);
    }

    Victim(Peer peer, Killer killer) {
        this.peer = peer;
        this.end = killer.aim(peer);
    }

    /** The process itself. */
    Peer peer() {
        return peer;
    }

    String ok(String line) {
        return peer.ok(line);
    }

    /** Starts a command that never ends, and listens. */
    void run(String line) {
        peer.ok(line);
        listener =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            for (var event = peer.event();
                                    event.isPresent();
                                    event = peer.event()) {
                                events.add(event.get());
                                counts.merge(event.get().kind(), 1, Integer::sum);
                            }
                            complete = true;
                        });
    }

    void kill() {
        end.run();
    }

    /** From here on its events are complete, and the kernel has closed all that it had open. */
    void awaitDeath() throws InterruptedException {
        listener.join(60_000);
        if (listener.isAlive() || !peer.hasEnded()) {
            fail("the victim does not die");
        }
        if (!complete) {
            fail("the victim's events are not complete");
        }
        if (counts.containsKey('X')) {
            fail("the victim saw damage: " + events.getLast());
        }
    }

    /** How many events of a kind there were. */
    int count(char kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** The values of the events of a kind. */
    List<Long> values(char kind) {
        return events.stream().filter(event -> event.kind() == kind).map(Event::value).toList();
    }

    /** Whether it died between the small letter and the capital of an operation. */
    boolean diedDoing(char kind) {
        return last() == kind;
    }

    /** The last event's kind, or a blank. */
    char last() {
        return events.isEmpty() ? ' ' : events.getLast().kind();
    }
}
