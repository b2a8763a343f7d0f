// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;

/**
 * Lets threads sleep at words of one shared memory object until a thread of any process that has
 * the memory open wakes them. It is what the futex is to a lock: without a state of its own, and
 * only needed by those who have nothing to do. {@link WakeWord} is the protocol over it.
 *
 * <p><b>The fence.</b> Who waits says so in the word, and then looks once more whether there is
 * anything to do; who gives him something to do stores that, and then loads the word. None of the
 * two may load before its store is seen, or they miss each other. That asks for a full fence on
 * both sides, which would be most of what it costs to send a message. A fence on one side is enough
 * if it is one for the others too: {@link #heavyFence} of the thread that is about to sleep, which
 * has time. Linux has one, {@code membarrier(2)} with {@code MEMBARRIER_CMD_GLOBAL_EXPEDITED}: when
 * it returns, every running thread of every process that has registered has executed a full fence
 * since it was called, and one that is not running has by being scheduled. So a thread of a
 * registered process has either done its store before that fence, which the sleeper's second look
 * then sees, or it loads the word after it, and sees the sleeper. What is left to those who wake is
 * that the load comes after the store in their own program order; {@link
 * java.lang.invoke.VarHandle#setRelease} and then {@link java.lang.invoke.VarHandle#getOpaque} say
 * so, for no instruction.
 *
 * <table class="striped">
 * <caption>Who fences</caption>
 * <thead><tr><th scope="col">process</th><th scope="col">when it wakes</th><th scope="col">when it sleeps</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">is registered</th><td>no fence</td><td>a fence for all who are registered</td></tr>
 * <tr><th scope="row">on a system without such a fence</th><td>{@link #needsFence}: a full fence of its own each time</td>
 *     <td>a full fence of its own, since all others do the same</td></tr>
 * <tr><th scope="row">is denied that call, where others may be registered</th><td>{@link #needsFence}</td>
 *     <td>{@link #heavyFence} is {@code false}: it must not rely on being woken</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/membarrier.2.html">membarrier(2)</a>
 */
public interface Parking extends AutoCloseable {
    /** Whom {@link #unpark} wakes. */
    enum Waking {
        /** Nobody: whoever parks looks again by himself. */
        NOBODY,
        /** One of those who park at the word, at least. */
        ONE,
        /** All who park at the word. */
        ALL
    }

    /**
     * Tells whom {@link #unpark} of this process wakes, and what wakes those who park in this
     * process.
     *
     * @return always the same
     */
    Waking wakes();

    /**
     * Sleeps as long as a word has a value, until somebody wakes those who park at that word. It
     * may come back early, and for no reason.
     *
     * @param offset where the word is in the memory, an {@code int} at a multiple of 4
     * @param expected its value; if it has another one by now, this comes back at once
     * @param nanos how long at most
     * @return {@code false} if it slept until the time was up
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this, or the memory, is closed
     */
    boolean park(long offset, int expected, long nanos) throws IpcException;

    /**
     * Wakes those who park at a word. To be called when the word has been changed, and needed only
     * if somebody is known to park there, since it is a system call. What the system refuses is not
     * told: whoever parks does not do so for ever.
     *
     * @param offset where the word is in the memory
     * @throws IllegalStateException if this, or the memory, is closed
     */
    void unpark(long offset);

    /**
     * Tells whether this process must put a full fence between a store that gives others something
     * to do and the load of their word.
     *
     * @return whether it must do so now; once {@code false}, it stays so
     */
    boolean needsFence();

    /**
     * Orders this thread's store of a word before its later loads, and so for all who wake it, also
     * if they do not fence.
     *
     * @return {@code false} if that cannot be done for all of them; then a wake-up may be missed,
     *     and the caller looks again by himself soon
     */
    boolean heavyFence();

    /** Gives back what the system gave. The memory stays open. Does nothing when called again. */
    @Override
    void close();
}
