// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Waits in the way of the JDK's channels: an interrupt closes the channel, and a close ends the
 * wait.
 *
 * <p>Mostly there is nothing to wait for. Then {@code begin} and {@code end}, which make the thread
 * known to who may interrupt it, would take a good part of the time; so who {@linkplain #isCalm is
 * not interrupted yet} looks first, and comes here only if there was nothing.
 */
abstract class WaitingChannel extends AbstractInterruptibleChannel {
    /** Sleeps until there is probably something to do. */
    @FunctionalInterface
    interface Sleep {
        void within(long nanos) throws IpcException;
    }

    /** Tells whether this thread may look without having begun to wait. */
    static boolean isCalm() {
        return !Thread.currentThread().isInterrupted();
    }

    /** What messages call it. */
    abstract IpcName name();

    final void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Returns what is thrown where this was open when the method began. */
    final IpcException closedMeanwhile(IllegalStateException e, String doing) {
        if (isOpen()) {
            throw e;
        }
        return new IpcClosedException(name(), "closed while this thread was " + doing);
    }

    /** Returns what is thrown where a look has failed, for whatever reason. */
    final IOException unlessClosed(IpcException failure) {
        return isOpen() ? failure : new AsynchronousCloseException();
    }

    /** Looks, and does as {@link #awaitOrClose} does if that was too early. */
    final void lookOrAwait(Wait place, Sleep sleep, Wait.Attempt attempt) throws IOException {
        if (!isCalm() || !atOnce(attempt)) {
            awaitOrClose(place, sleep, attempt);
        }
    }

    private boolean atOnce(Wait.Attempt attempt) throws IOException {
        try {
            return attempt.within(0);
        } catch (IpcException e) {
            throw unlessClosed(e);
        }
    }

    /**
     * Waits until an attempt succeeds, or this is closed.
     *
     * @param place where to wait
     * @param sleep how to sleep there
     * @param attempt tries once, with zero nanoseconds
     * @throws ClosedByInterruptException if the thread is interrupted, which closes this
     * @throws AsynchronousCloseException if this is closed meanwhile
     * @throws IOException if an attempt throws it
     */
    final void awaitOrClose(Wait place, Sleep sleep, Wait.Attempt attempt) throws IOException {
        boolean completed = false;
        try {
            begin();
            place.untilClosed(nanos -> {
                if (nanos > 0) {
                    sleep.within(nanos);
                    begin(); // who waits with a selector is not ours to interrupt any more
                }
                return attempt.within(0);
            });
            completed = true;
        } finally {
            end(completed); // what was thrown because of a close becomes
            // AsynchronousCloseException here
        }
    }
}
