// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * A channel or a topic into whose memory garbage is written: how it is used, and where it hurts.
 */
interface Fuzzed {
    /** How many bytes a ring has. */
    int CAPACITY = 4096;

    /** How many bytes a message has at most. */
    int LONGEST = 1024;

    /** Which memory that is, as a native name. */
    String nativeKey();

    /** Opens an end that writes. */
    MessageSink openSink() throws IpcException;

    /** Makes room for one more end that writes. */
    void admit(MemorySegment memory);

    /** Opens an end that reads. */
    MessageSource openSource() throws IpcException;

    /** Asks one of {@link #openSink}'s for those who read. */
    void ask(MessageSink sink) throws IpcException;

    /** Asks one of {@link #openSource}'s for those who write, and the like. */
    void ask(MessageSource source, SplittableRandom random) throws IpcException;

    /** Looks at it, and makes sure that its numbers fit each other. */
    void look(SplittableRandom random) throws IpcException;

    /** Makes sure that a message to be read, or to be written, is where it can be. */
    void check(MemorySegment memory, long offset, int length);

    /** Gives it up, and its name. */
    void remove() throws IpcException;

    /** Returns how many bytes the memory has. */
    long byteSize();

    /** Returns how many {@code int}s of the memory are a header, as far as it has words. */
    int headerInts();

    /** Returns where the words and the ring are that one writer writes, or the like of it. */
    Part part(SplittableRandom random);

    /** Puts all positions to another place, where messages can go on. */
    void move(MemorySegment memory, SplittableRandom random);

    /** Takes over what a writer may write while it is used. */
    void forgive(MessageSink sink, MemorySegment now, MemorySegment before);

    /**
     * A part of the memory, where garbage is written more often.
     *
     * @param positions where positions are
     * @param words where its words begin
     * @param ints how many {@code int}s those are
     * @param ring where its ring begins
     * @param next where the position is at which its reader reads next
     */
    record Part(long[] positions, long words, int ints, long ring, long next) {}

    /** Fails unless something holds. */
    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Takes over some bytes. */
    static void copy(MemorySegment now, MemorySegment before, long at, long length) {
        MemorySegment.copy(now, at, before, at, length);
    }
}
