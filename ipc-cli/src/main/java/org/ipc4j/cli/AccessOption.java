// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Access;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/** The option {@code --access}. */
final class AccessOption {
    @Option(
            names = "--access",
            paramLabel = "WHO",
            converter = Converter.class,
            completionCandidates = Words.class,
            description =
                    "Who the object is for: ${COMPLETION-CANDIDATES}. Without it, only the current"
                            + " user's are created and accepted.")
    private Access access = Access.OWNER;

    Access value() {
        return access;
    }

    /** What can be typed. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Access.values()).map(Words::of).iterator();
        }

        static String of(Access access) {
            return access.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads what was typed. */
    static final class Converter implements ITypeConverter<Access> {
        @Override
        public Access convert(String value) {
            for (Access access : Access.values()) {
                if (Words.of(access).equals(value)) {
                    return access;
                }
            }
            throw new TypeConversionException(
                    "'" + value + "' is none of " + String.join(", ", new Words()));
        }
    }
}
