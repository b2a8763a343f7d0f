// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.RecordFormat.IMPOSSIBLE;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a receiver does with one ring: the few instructions that every message costs. See {@link
 * Special} for the constant.
 *
 * <p>Whatever the memory says is loaded once and checked before it is used: what is wrong is an
 * {@link IncompatibleException}, never an access elsewhere or a loop without end.
 */
final class ChannelRingReader implements RingReader {
    private static final Ring CONSTANT = Special.dataOf(MethodHandles.lookup(), Ring.class);
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long HANDLED_FROM_HEAD = ChannelLayout.HANDLED - ChannelLayout.HEAD;
    private static final int NOTHING = -1;

    private final IpcName name;
    private final Ring field;

    /** Where the sender sleeps while there is no room. Null if nobody is woken. */
    private final WakeWord room;

    /** Up to where messages are handled. */
    private long handled;

    /** The tail as it was seen last; it only grows. */
    private long seenTail;

    private long position = NOTHING;

    ChannelRingReader(IpcName name, Ring ring, WakeWord room) throws IncompatibleException {
        this.name = name;
        this.field = ring;
        this.room = room;
        long head = (long) LONG.getAcquire(ring.memory(), ring.headAt());
        handled = (long) LONG.getAcquire(ring.memory(), ring.headAt() + HANDLED_FROM_HEAD);
        seenTail = handled;
        long ahead = handled - head;
        if (head < 0 || ahead < 0 || ahead > ring.capacity() || !ring.isPosition(handled)) {
            throw damaged("position " + handled + " with head " + head);
        }
        // The last receiver may have died with all handled and the room not given back.
        LONG.setRelease(ring.memory(), ring.headAt(), handled);
    }

    @Override
    public void wakeAnyway() {
        if (room != null) {
            room.wakeAnyway();
        }
    }

    /** In a class of this ring's own, all of it is a constant for the compiler. */
    private Ring ring() {
        return CONSTANT != null ? CONSTANT : field;
    }

    /**
     * {@inheritDoc} It looks, and no more than that: who spins does this thousands of times for
     * each message, and the compiler would take what follows for too rare to be worth its while if
     * it were in here.
     */
    @Override
    public boolean look() throws IncompatibleException {
        return handled != seenTail || handled != newTail();
    }

    /**
     * {@inheritDoc}
     *
     * <p>This method has more than the 325 bytes that the compiler takes into a caller, on purpose:
     * it is compiled by itself, from where the compiler has levels enough left for the handler and
     * all that the handler calls, and it is good code in whatever loop it is called.
     */
    @Override
    public int handle(MessageHandler handler, int limit) throws IncompatibleException {
        Ring ring = ring();
        MemorySegment memory = ring.memory();
        int left = limit;
        do {
            long tail = seenTail;
            long done = handled;
            try {
                while (left > 0 && done < tail) {
                    assert ring.isPosition(done) && tail - done <= ring.capacity()
                            : "position " + done + " of " + tail + " in " + ring;
                    int index = ring.index(done);
                    long at = ring.start() + index;
                    long header = memory.get(JAVA_LONG_UNALIGNED, at);
                    int size =
                            RecordFormat.size(header, ring, tail - done, ring.capacity() - index);
                    if (size == IMPOSSIBLE) {
                        throw damaged(RecordFormat.text(header));
                    }
                    if (RecordFormat.isMessage(header, ring.maxMessageSize())) {
                        position = done;
                        handler.onMessage(memory, at + ring.prefix(), RecordFormat.length(header));
                        left--;
                    }
                    done += size;
                    LONG.setOpaque(memory, ring.headAt() + HANDLED_FROM_HEAD, done);
                }
            } finally {
                handled = done;
                LONG.setRelease(memory, ring.headAt(), done);
                if (room != null) {
                    room.wake(memory);
                }
            }
            // Perhaps there was nothing but a gap, sent before the message that follows it.
        } while (left == limit && limit > 0 && look());
        return limit - left;
    }

    private long newTail() throws IncompatibleException {
        Ring ring = ring();
        long tail = (long) LONG.getAcquire(ring.memory(), ring.tailAt());
        long ahead = tail - handled;
        if (ahead < 0 || ahead > ring.capacity() || !ring.isPosition(tail)) {
            throw damaged("tail " + tail + " at position " + handled);
        }
        seenTail = tail;
        return tail;
    }

    private IncompatibleException damaged(String what) {
        return Damage.of(name, what);
    }

    @Override
    public boolean hasMessage() {
        return (long) LONG.getAcquire(field.memory(), field.tailAt()) != handled;
    }

    @Override
    public void leave() {
        if (room != null) {
            room.wake();
        }
    }

    @Override
    public long position() {
        return position;
    }
}
