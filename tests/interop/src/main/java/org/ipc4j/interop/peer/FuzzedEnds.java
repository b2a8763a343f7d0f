// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Does what one can do with the ends of a channel or a topic whose memory is damaged, and counts.
 */
final class FuzzedEnds {
    private static final Duration SHORTLY = Duration.ofMillis(1);
    private static final int SOUND = 3;

    private final SplittableRandom random;
    private final Fuzzed fuzzed;
    private final ByteBuffer buffer;
    private long handled;
    private long told;

    FuzzedEnds(SplittableRandom random, Fuzzed fuzzed) {
        this.random = random;
        this.fuzzed = fuzzed;
        this.buffer = ByteBuffer.allocateDirect(Fuzzed.CAPACITY);
    }

    MemoryFuzz.Count count() {
        return new MemoryFuzz.Count(handled, told);
    }

    /** Something that may be told to be damaged. */
    interface Work {
        void run() throws Exception;
    }

    /** Whatever is thrown besides is a failure. */
    void typed(Work work) throws Exception {
        try {
            work.run();
        } catch (IpcException e) {
            Fuzzed.require(!e.getMessage().isBlank(), "an error without a word");
            told++;
        }
    }

    /** Without damage everything arrives, at any position. */
    void requireSound(MessageSink sink, MessageSource source) throws IpcException {
        for (int i = 0; i < SOUND; i++) {
            int length = random.nextInt(Fuzzed.LONGEST + 1);
            Fuzzed.require(
                    sink.trySend(buffer.clear().limit(length)), "there is room at the start");
            Fuzzed.require(source.tryReceive(buffer.clear()) == length, "what was sent is there");
        }
    }

    void use(MessageSink sink) throws Exception {
        for (int i = random.nextInt(4); i > 0; i--) {
            int most = Math.min(random.nextBoolean() ? 64 : Fuzzed.LONGEST, sink.maxMessageSize());
            int length = random.nextInt(most + 1);
            switch (random.nextInt(5)) {
                case 0 -> typed(() -> sink.send(buffer.clear().limit(length), patience()));
                case 1 -> typed(() -> fuzzed.ask(sink));
                case 2 -> typed(() -> sink.trySend(buffer.clear().limit(length)));
                default -> {
                    long offset = sink.tryClaim(length);
                    if (offset >= 0) {
                        fuzzed.check(sink.memory(), offset, length);
                        end(sink);
                    }
                }
            }
        }
    }

    /** Mostly none: what waits must come back, but not a million times. */
    private Duration patience() {
        return random.nextInt(64) == 0 ? SHORTLY : Duration.ZERO;
    }

    private void end(MessageSink sink) {
        switch (random.nextInt(3)) {
            case 0 -> sink.commit();
            case 1 -> sink.stage();
            default -> sink.abort();
        }
    }

    void use(MessageSource source) throws Exception {
        typed(() -> source.await(patience()));
        typed(() -> source.poll(this::onMessage, random.nextInt(10)));
        switch (random.nextInt(4)) {
            case 0 -> typed(() -> source.tryReceive(buffer.clear()));
            case 1 -> typed(() -> source.receive(buffer.clear(), patience()));
            case 2 -> typed(() -> fuzzed.ask(source, random));
            default -> {}
        }
    }

    private void onMessage(MemorySegment memory, long offset, int length) {
        fuzzed.check(memory, offset, length);
        handled++;
    }
}
