// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Presence;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.ParticipantTable;
import org.ipc4j.memory.SharedMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One end of a channel or a topic, which one handle of one process has at a time.
 *
 * <p>It is one {@code long}: 0 as long as nobody has had it, the {@linkplain Participant#word word}
 * of the participant that has it, or the complement of that when it was given up. It is taken with
 * a compare-and-set, from somebody only if that one is proven to be dead: a frozen process keeps
 * it.
 *
 * @param name the object's name, for messages
 * @param memory its memory
 * @param offset where the word is
 * @param participants who takes part
 * @param self this process
 * @param own the handle that {@code memory} belongs to, if it is one of the seat's own, or null
 */
record Seat(
        IpcName name,
        MemorySegment memory,
        long offset,
        ParticipantTable participants,
        Participant self,
        SharedMemory own) {
    /** Where it is said that who has it wakes nobody, from the seat on. */
    static final long MUTE = 8;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long NOBODY = 0;

    /** Makes a seat to be looked at, or to be given up without its object. */
    static Seat of(IpcName name, Composite<? extends Layout> object, long offset) {
        return of(name, object, offset, null);
    }

    /** Makes a seat to be taken, by a second handle of its object if there is one. */
    static Seat of(
            IpcName name, Composite<? extends Layout> object, long offset, SharedMemory own) {
        MemorySegment memory = (own == null ? object.memory() : own).segment();
        return new Seat(
                name, memory, offset, object.layout().participants(memory), object.self(), own);
    }

    private long word() {
        return (long) LONG.getAcquire(memory, offset);
    }

    /** Takes it, if nobody alive has it. */
    boolean tryTake() throws IpcException {
        long word = word();
        return presence(word) != Presence.PRESENT
                && LONG.compareAndSet(memory, offset, word, self.word());
    }

    /** Gives it up. Only for who has it. */
    void leave() {
        LONG.setRelease(memory, offset, ~self.word());
    }

    /**
     * Gives it up together with the handle of the object that its end uses.
     *
     * <p>A thread of ours may just be storing a tail or a head while another one closes the end.
     * When the handle is closed no thread does so any more, which the JDK sees to; only then may
     * somebody else come. That asks for a second handle, to give the seat up by. There is none if
     * the object's name was gone, and then nobody can come.
     */
    void leave(Composite<? extends Layout> object) {
        if (own == null) {
            leave();
            object.close();
            return;
        }
        object.memory().close();
        try (own) {
            leave();
        }
        object.leave().run();
    }

    /** Tells what is known of who has it. */
    Presence presence() throws IpcException {
        return presence(word());
    }

    /** Participants of this process are alive, so only others are asked for of the kernel. */
    private Presence presence(long word) throws IpcException {
        if (word == NOBODY) {
            return Presence.NOT_YET;
        }
        if (word < 0) {
            return Presence.CLOSED;
        }
        return word != self.word() && self.isDead(name, word, participants)
                ? Presence.DIED
                : Presence.PRESENT;
    }
}
