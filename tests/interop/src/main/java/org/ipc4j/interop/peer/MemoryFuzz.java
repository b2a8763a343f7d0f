// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import static org.ipc4j.interop.peer.Fuzzed.require;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.memory.SharedMemory;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Writes garbage into the memory of a channel or a topic whose ends go on. They answer with typed
 * errors, return, hand out nothing that is outside of a ring, and a writer writes nowhere but in
 * its own ring. Whatever else happens leaves here as another exception; a crash, an endless loop
 * and a lack of memory are noticed by who started this process.
 */
final class MemoryFuzz implements AutoCloseable {
    private static final int USES = 20;
    private static final int MOST_IN_A_ROW = 24;

    private final Fuzzed fuzzed;
    private final SharedMemory shared;
    private final MemorySegment memory;
    private final MemorySegment sound;
    private final MemorySegment before;

    /**
     * What has happened.
     *
     * @param handled how many messages were handed out
     * @param told how many typed errors there were
     */
    record Count(long handled, long told) {
        @Override
        public String toString() {
            return handled + " " + told;
        }
    }

    MemoryFuzz(Fuzzed fuzzed) throws IpcException {
        this.fuzzed = fuzzed;
        this.shared = SharedMemory.open(IpcName.ofNative(fuzzed.nativeKey()));
        this.memory = shared.segment();
        this.sound = copy();
        this.before = copy();
    }

    private MemorySegment copy() {
        byte[] bytes = new byte[(int) fuzzed.byteSize()];
        return MemorySegment.ofArray(bytes).copyFrom(memory.asSlice(0, bytes.length));
    }

    /** Mutates and uses in turn. */
    Count mutate(int mutations, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Garbage garbage = new Garbage(memory, fuzzed, random);
        FuzzedEnds ends = new FuzzedEnds(random, fuzzed);
        for (int i = 0; i < mutations; ) {
            heal(garbage);
            try (MessageSink sink = fuzzed.openSink();
                    MessageSource source = fuzzed.openSource()) {
                ends.requireSound(sink, source);
                for (int row = random.nextInt(1, MOST_IN_A_ROW); row > 0; row--, i++) {
                    garbage.mutate();
                    useAlone(ends, sink);
                    ends.use(source);
                    if (random.nextInt(16) == 0) {
                        fuzzed.admit(memory);
                        ends.typed(() -> openSink(ends));
                        ends.typed(() -> openSource(ends));
                        ends.typed(() -> fuzzed.look(random));
                    }
                }
            }
        }
        return ends.count();
    }

    /**
     * Uses while another thread writes garbage. Every word is loaded once and checked then: that it
     * changes meanwhile makes no difference.
     */
    Count race(int rounds, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Garbage garbage = new Garbage(memory, fuzzed, random);
        FuzzedEnds ends = new FuzzedEnds(random, fuzzed);
        Garbage other = new Garbage(memory, fuzzed, random.split());
        try (Vandal vandal = new Vandal(other::splash)) {
            for (int i = 0; i < rounds; i++) {
                vandal.rest();
                heal(garbage);
                ends.typed(() -> openBoth(ends, vandal));
            }
        }
        return ends.count();
    }

    /** A sound one, at any position; with classes of its own for each end or without. */
    private void heal(Garbage garbage) {
        memory.copyFrom(sound);
        fuzzed.move(memory, garbage.random());
        System.setProperty(
                "org.ipc4j.channel.special", Boolean.toString(garbage.random().nextInt(32) == 0));
    }

    private void openBoth(FuzzedEnds ends, Vandal vandal) throws Exception {
        try (MessageSink sink = fuzzed.openSink();
                MessageSource source = fuzzed.openSource()) {
            vandal.work();
            for (int i = 0; i < USES; i++) {
                ends.use(sink);
                ends.use(source);
            }
        }
    }

    private void openSink(FuzzedEnds ends) throws Exception {
        try (MessageSink sink = fuzzed.openSink()) {
            ends.use(sink);
        }
    }

    private void openSource(FuzzedEnds ends) throws Exception {
        try (MessageSource source = fuzzed.openSource()) {
            ends.use(source);
        }
    }

    /** Uses a writer and makes sure that only what is its own has changed. */
    private void useAlone(FuzzedEnds ends, MessageSink sink) throws Exception {
        MemorySegment now = memory.asSlice(0, fuzzed.byteSize());
        before.copyFrom(now);
        ends.use(sink);
        fuzzed.forgive(sink, now, before);
        long elsewhere = before.mismatch(now);
        require(elsewhere == -1, "a writer has written to " + elsewhere);
    }

    @Override
    public void close() throws IpcException {
        memory.copyFrom(sound);
        shared.close();
        fuzzed.remove();
    }
}
