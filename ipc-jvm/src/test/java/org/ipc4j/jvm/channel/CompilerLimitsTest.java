// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;

/**
 * What every message costs depends on what the virtual machine's compiler takes into the callers of
 * a method, and for that it counts the bytes of its code. Its limits are {@code FreqInlineSize} for
 * what is called often, and {@code MaxInlineSize} for what is not.
 */
class CompilerLimitsTest {
    private static final int OFTEN = 325;
    private static final int SELDOM = 35;

    private static int bytes(Class<?> type, String method) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .filter(one -> one.methodName().equalsString(method))
                    .map(one -> (CodeAttribute) one.code().orElseThrow())
                    .mapToInt(CodeAttribute::codeLength)
                    .max()
                    .orElseThrow(() -> new AssertionError(method));
        }
    }

    /** So the compiler has all its levels for the handler, in whatever loop somebody polls. */
    @Test
    void handlingIsCompiledByItself() throws IOException {
        assertTrue(bytes(ChannelRingReader.class, "handle") > OFTEN);
    }

    @ParameterizedTest
    @CsvSource({
        "RingWriter, claim",
        "RingWriter, claimed",
        "RingWriter, stage",
        "RingWriter, publish"
    })
    void whatEachMessageNeedsBecomesPartOfItsCaller(String type, String method)
            throws IOException, ClassNotFoundException {
        assertTrue(
                bytes(Class.forName(getClass().getPackageName() + "." + type), method) < OFTEN / 4);
    }

    /** The compiler sees that a refusal is no offset. */
    @Test
    void aRefusalBecomesPartOfTheClaim() throws IOException {
        assertTrue(bytes(RingWriter.class, "constant") <= SELDOM);
    }

    @ParameterizedTest
    @CsvSource({"prepare", "writeGap", "hasRoom"})
    void whatFewMessagesNeedDoesNot(String method) throws IOException {
        assertTrue(bytes(RingWriter.class, method) > SELDOM);
    }
}
