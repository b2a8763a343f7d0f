// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.WaitStrategy;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/** What can be typed for a wait strategy. */
final class WaitStrategyOption {
    private WaitStrategyOption() {}

    /** The words. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(WaitStrategy.values()).map(Words::of).iterator();
        }

        static String of(WaitStrategy waiting) {
            return waiting.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads what was typed. */
    static final class Converter implements ITypeConverter<WaitStrategy> {
        @Override
        public WaitStrategy convert(String value) {
            for (WaitStrategy waiting : WaitStrategy.values()) {
                if (Words.of(waiting).equals(value)) {
                    return waiting;
                }
            }
            throw new TypeConversionException(
                    "'" + value + "' is none of " + String.join(", ", new Words()));
        }
    }
}
