// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.channel.WaitStrategy;

/** {@code fuzz}: a channel of this process's own, into which garbage is written. */
final class Fuzz implements Mechanism {
    private ChannelFuzz fuzz;

    @Override
    public String obey(String verb, Words words) throws Exception {
        return switch (verb) {
            case "create" -> {
                fuzz = new ChannelFuzz(words.name(), WaitStrategy.valueOf(words.text(1)));
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
}
