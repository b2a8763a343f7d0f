// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Composites;
import org.ipc4j.memory.SharedMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.LongFunction;

/**
 * Makes the ends of channels, or of topics: each takes a seat first, and gives everything back if
 * it cannot be made.
 *
 * @param objects the channels, or the topics
 * @param <L> what their memory is like
 */
record Seating<L extends Layout>(Composites<L> objects) {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    /**
     * Takes a seat.
     *
     * @param <T> the end's type
     */
    interface Taker<T> {
        /**
         * Takes a seat.
         *
         * @param seats gives the seat whose word is somewhere
         * @return the seat that was taken, and how its end is made
         * @throws IpcException if it is not free
         */
        Taken<T> take(LongFunction<Seat> seats) throws IpcException;
    }

    /**
     * Makes an end.
     *
     * @param <T> the end's type
     */
    interface Maker<T> {
        T make(Waiting waiting) throws Throwable;
    }

    /**
     * A seat that was taken, and how the end is made that has it.
     *
     * @param seat the seat
     * @param maker how the end is made
     * @param <T> the end's type
     */
    record Taken<T>(Seat seat, Maker<T> maker) {}

    /** Makes an end of an open object. If that fails, everything is given back. */
    <T> T seated(IpcName name, Composite<L> object, Access access, Taker<T> taker)
            throws IpcException {
        SharedMemory own = null;
        try {
            own = objects.again(name, object, access).orElse(null);
            SharedMemory handle = own;
            return made(name, object, taker.take(offset -> Seat.of(name, object, offset, handle)));
        } catch (Throwable e) {
            if (own != null) {
                own.close();
            }
            object.close();
            switch (e) {
                case IpcException refused -> throw refused;
                case RuntimeException unexpected -> throw unexpected;
                case Error unexpected -> throw unexpected;
                default -> throw new AssertionError("constructors throw nothing else", e);
            }
        }
    }

    private static <T> T made(IpcName name, Composite<? extends Layout> object, Taken<T> taken)
            throws Throwable {
        Waiting waiting = null;
        try {
            waiting = Waiting.in(name, object);
            return taken.maker().make(waiting);
        } catch (Throwable e) {
            if (waiting != null) {
                waiting.close();
            }
            taken.seat().leave();
            throw e;
        }
    }

    /** Counts a place as one that has been used, together with all before it. */
    static void use(MemorySegment memory, long inUseAt, int index) {
        int inUse = (int) INT.getAcquire(memory, inUseAt);
        while (inUse <= index && !INT.compareAndSet(memory, inUseAt, inUse, index + 1)) {
            inUse = (int) INT.getAcquire(memory, inUseAt);
        }
    }
}
