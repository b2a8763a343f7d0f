// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.SlowSubscriber;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/** What can be typed for what a slow subscriber means. */
final class SlowSubscriberOption {
    private SlowSubscriberOption() {}

    /** The words. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SlowSubscriber.values()).map(Words::of).iterator();
        }

        static String of(SlowSubscriber slow) {
            return slow.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Reads what was typed. */
    static final class Converter implements ITypeConverter<SlowSubscriber> {
        @Override
        public SlowSubscriber convert(String value) {
            for (SlowSubscriber slow : SlowSubscriber.values()) {
                if (Words.of(slow).equals(value)) {
                    return slow;
                }
            }
            throw new TypeConversionException(
                    "'" + value + "' is none of " + String.join(", ", new Words()));
        }
    }
}
