// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;

/** Does what one can do with the ends of a channel whose memory is damaged, and counts. */
final class FuzzedEnds {
    private static final Duration SHORTLY = Duration.ofMillis(1);
    private static final int SOUND = 3;

    private final SplittableRandom random;
    private final ChannelWords words;
    private final int longest;
    private final ByteBuffer buffer;
    private long handled;
    private long told;

    FuzzedEnds(SplittableRandom random, ChannelWords words, int longest) {
        this.random = random;
        this.words = words;
        this.longest = longest;
        this.buffer = ByteBuffer.allocateDirect(words.capacity());
    }

    ChannelFuzz.Count count() {
        return new ChannelFuzz.Count(handled, told);
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
            ChannelFuzz.require(!e.getMessage().isBlank(), "an error without a word");
            told++;
        }
    }

    /** Without damage everything arrives, at any position. */
    void requireSound(Sender sender, Receiver receiver) throws IpcException {
        for (int i = 0; i < SOUND; i++) {
            int length = random.nextInt(longest + 1);
            ChannelFuzz.require(
                    sender.trySend(buffer.clear().limit(length)), "there is room at the start");
            ChannelFuzz.require(
                    receiver.tryReceive(buffer.clear()) == length, "what was sent is there");
        }
    }

    void use(Sender sender) throws Exception {
        for (int i = random.nextInt(4); i > 0; i--) {
            int most = Math.min(random.nextBoolean() ? 64 : longest, sender.maxMessageSize());
            int length = random.nextInt(most + 1);
            switch (random.nextInt(5)) {
                case 0 -> typed(() -> sender.send(buffer.clear().limit(length), patience()));
                case 1 -> typed(sender::receiver);
                case 2 -> typed(() -> sender.trySend(buffer.clear().limit(length)));
                default -> {
                    long offset = sender.tryClaim(length);
                    if (offset >= 0) {
                        check(offset, length);
                        end(sender);
                    }
                }
            }
        }
    }

    /** Mostly none: what waits must come back, but not a million times. */
    private Duration patience() {
        return random.nextInt(64) == 0 ? SHORTLY : Duration.ZERO;
    }

    private void end(Sender sender) {
        switch (random.nextInt(3)) {
            case 0 -> sender.commit();
            case 1 -> sender.stage();
            default -> sender.abort();
        }
    }

    void use(Receiver receiver) throws Exception {
        typed(() -> receiver.await(patience()));
        typed(() -> receiver.poll(this::onMessage, random.nextInt(10)));
        switch (random.nextInt(4)) {
            case 0 -> typed(() -> receiver.tryReceive(buffer.clear()));
            case 1 -> typed(() -> receiver.receive(buffer.clear(), patience()));
            case 2 -> typed(() -> receiver.sender(random.nextInt(receiver.senders())));
            default -> {}
        }
    }

    private void onMessage(MemorySegment memory, long offset, int length) {
        check(offset, length);
        handled++;
    }

    private void check(long offset, int length) {
        ChannelFuzz.require(length >= 0 && length <= 2 * longest, "a length of " + length);
        ChannelFuzz.require(offset >= words.ring(0) && offset % 8 == 0, "an offset of " + offset);
        ChannelFuzz.require(offset + length <= words.byteSize(), "beyond the rings: " + offset);
    }
}
