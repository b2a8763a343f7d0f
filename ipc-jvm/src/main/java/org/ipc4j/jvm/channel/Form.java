// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Composites;
import org.ipc4j.jvm.sys.Header;
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.ParticipantTable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How the memory of a channel and of a topic begins: with a {@link Header} and the {@link
 * Incarnation}, and with the {@link ParticipantTable} somewhere.
 *
 * @param header the header
 * @param epochs where the participants are
 * @param reader reads the rest
 * @param <L> what the rest is like
 */
record Form<L extends Layout>(Header header, long epochs, Reader<L> reader)
        implements Composites.Form<L> {
    private static final long FAMILY = 24;
    private static final long ID = 32;

    /**
     * Reads what memory is like.
     *
     * @param <L> what it is like
     */
    interface Reader<L> {
        /**
         * Reads the numbers in memory that has as many bytes as the smallest such object.
         *
         * @throws IllegalArgumentException if no object was ever created like that
         */
        L read(MemorySegment memory);
    }

    /** Fills memory with what every such object has; the rest is there already. */
    void initialize(MemorySegment memory, L layout, Participant founder) {
        memory.set(ValueLayout.JAVA_LONG, FAMILY, founder.incarnation().family());
        memory.set(ValueLayout.JAVA_LONG, ID, founder.incarnation().id());
        participants(memory).enter(founder);
        header.publish(memory, layout.byteSize());
    }

    @Override
    public L require(IpcName name, MemorySegment memory) throws IncompatibleException {
        long byteSize = header.require(name, memory);
        if (byteSize > epochs + ParticipantTable.BYTES) {
            try {
                L layout = reader.read(memory);
                if (layout.byteSize() == byteSize) {
                    return layout;
                }
            } catch (IllegalArgumentException e) {
                // nothing was ever created like that
            }
        }
        throw new IncompatibleException(
                name, "its numbers do not fit each other; it is damaged, remove it");
    }

    @Override
    public Incarnation incarnation(MemorySegment memory) {
        return new Incarnation(
                memory.get(ValueLayout.JAVA_LONG, FAMILY), memory.get(ValueLayout.JAVA_LONG, ID));
    }

    @Override
    public ParticipantTable participants(MemorySegment memory) {
        return new ParticipantTable(memory, epochs);
    }

    /** Returns one of an enum's values; damaged memory may say anything. */
    static <E> E value(E[] values, int ordinal) {
        if (ordinal < 0 || ordinal >= values.length) {
            throw new IllegalArgumentException("there is no such value");
        }
        return values[ordinal];
    }
}
