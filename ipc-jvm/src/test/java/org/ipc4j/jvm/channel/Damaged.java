// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IpcException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Damages the memory of a channel or a topic, and uses what is damaged. */
final class Damaged {
    /** Where the version of the layout is. */
    static final long VERSION = 8;

    /** What is written where something else should be. */
    static final long[] GARBAGE = {
        0,
        1,
        -1,
        3,
        4,
        8,
        4096,
        4096 + 8,
        -8,
        1L << 16 | 1,
        2L << 16 | 1,
        9L << 16 | 9,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x0101010101010101L
    };

    private static final int MOST = 4096;

    private Damaged() {}

    interface Work {
        void run() throws Exception;
    }

    /** Whatever else it throws fails the test. */
    static void typedErrorsOnly(Work work) throws Exception {
        try {
            work.run();
        } catch (IpcException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    /** Tells whether it is as if the creator were still at it, which is waited for. */
    static boolean isUnfinished(long at, long garbage) {
        return at == VERSION && (int) garbage == 0;
    }

    /** Writes as many bytes as are aligned there. */
    static void write(MemorySegment memory, long at, long garbage) {
        if (at % 8 == 0) {
            memory.set(JAVA_LONG, at, garbage);
        } else {
            memory.set(JAVA_INT, at, (int) garbage);
        }
    }

    static void use(MessageSink sink) throws Exception {
        int longest = sink.maxMessageSize();
        for (int i = 0; i < 10; i++) {
            typedErrorsOnly(() -> sink.trySend(ByteBuffer.allocate(longest / 2)));
        }
        typedErrorsOnly(() -> sink.send(ByteBuffer.allocate(longest), Duration.ofNanos(1)));
        if (sink.tryClaim(1) >= 0) {
            sink.stage();
            sink.publish();
        }
    }

    static void use(MessageSource source) throws Exception {
        typedErrorsOnly(() -> source.await(Duration.ofNanos(1)));
        typedErrorsOnly(() -> source.poll(Damaged::onMessage, 2));
        typedErrorsOnly(() -> source.tryReceive(ByteBuffer.allocate(MOST)));
        typedErrorsOnly(() -> source.poll(Damaged::onMessage, 1000));
    }

    private static void onMessage(MemorySegment memory, long offset, int length) {
        assertTrue(offset >= 0 && length >= 0 && offset + length <= memory.byteSize());
    }
}
