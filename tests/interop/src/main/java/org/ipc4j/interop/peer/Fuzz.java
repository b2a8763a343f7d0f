// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.WaitStrategy;

/**
 * {@code fuzz}: a channel or a topic of this process's own, into whose memory garbage is written.
 */
final class Fuzz implements Mechanism {
    private MemoryFuzz fuzz;

    @Override
    public String obey(String verb, Words words) throws Exception {
        return switch (verb) {
            case "create" -> {
                fuzz = new MemoryFuzz(created(words));
                yield "";
            }
            case "mutate" -> fuzz.mutate(words.number(0), words.big(1)).toString();
            case "race" -> fuzz.race(words.number(0), words.big(1)).toString();
            case "close" -> {
                fuzz.close();
                yield "";
            }
            default -> Mechanism.unknown(verb);
        };
    }

    /** The last word is {@code channel}, or the policy of a topic. */
    private static Fuzzed created(Words words) throws Exception {
        WaitStrategy waiting = WaitStrategy.valueOf(words.text(1));
        return words.text(2).equals("channel")
                ? new FuzzedChannel(words.name(), waiting)
                : new FuzzedTopic(words.name(), SlowSubscriber.valueOf(words.text(2)), waiting);
    }
}
