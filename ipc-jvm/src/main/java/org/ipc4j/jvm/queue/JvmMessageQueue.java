// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.RobustLock;
import org.ipc4j.jvm.sys.Sleepers;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WaitingMessageQueue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records in shared memory, under a lock that survives the death of its owner. */
final class JvmMessageQueue extends WaitingMessageQueue {
    private static final int NOTHING = -1;

    private final SharedMemory memory;
    private final MemorySegment segment;

    /**
     * The same memory, for buffers to be copied without making a segment of each; null if it is too
     * large for that.
     */
    private final ByteBuffer view;

    private final QueueLayout layout;
    private final QueueRecords records;
    private final RobustLock lock;
    private final Runnable leave;
    private final Sleepers sleepers;
    private final Sleepers.Place room;
    private final Sleepers.Place messages;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Makes a handle.
     *
     * @param leave gives up the participation
     */
    JvmMessageQueue(
            IpcName name, SharedMemory memory, QueueLayout layout, Participant self, Runnable leave)
            throws IpcException {
        super(name);
        this.memory = memory;
        this.segment = memory.segment();
        this.view = segment.byteSize() <= Integer.MAX_VALUE ? segment.asByteBuffer() : null;
        this.layout = layout;
        this.records = new QueueRecords(name, segment, layout);
        this.lock = new RobustLock(name, QueueLayout.LOCK, self, QueueLayout.participants(segment));
        this.leave = leave;
        this.sleepers = Sleepers.of(name, memory, QueueLayout.MUTE);
        this.room =
                sleepers.at(
                        QueueLayout.ROOM,
                        this::isOpen,
                        () -> ready(layout.capacity() - records.count()));
        this.messages =
                sleepers.at(QueueLayout.MESSAGES, this::isOpen, () -> ready(records.count()));
    }

    @Override
    protected boolean sendNow(ByteBuffer message, int priority) throws IpcException {
        if (view == null) {
            return sendNow(MemorySegment.ofBuffer(message), priority);
        }
        if (!beginSending(priority)) {
            return false;
        }
        int length = NOTHING;
        try {
            view.put((int) records.payload(), message, message.position(), message.remaining());
            length = message.remaining();
        } finally {
            endSending(length);
        }
        return true;
    }

    @Override
    protected boolean sendNow(MemorySegment message, int priority) throws IpcException {
        if (!beginSending(priority)) {
            return false;
        }
        int length = NOTHING;
        try {
            MemorySegment.copy(message, 0, segment, records.payload(), message.byteSize());
            length = (int) message.byteSize();
        } finally {
            endSending(length);
        }
        return true;
    }

    @Override
    protected long receiveNow(ByteBuffer target) throws IpcException {
        if (view == null) {
            return receiveNow(MemorySegment.ofBuffer(target));
        }
        if (!beginReceiving()) {
            return NONE;
        }
        long receipt = NONE;
        try {
            target.put(target.position(), view, (int) records.payload(), records.length());
            receipt = MessageQueue.receipt(records.length(), records.priority());
        } finally {
            endReceiving(receipt);
        }
        return receipt;
    }

    @Override
    protected long receiveNow(MemorySegment target) throws IpcException {
        if (!beginReceiving()) {
            return NONE;
        }
        long receipt = NONE;
        try {
            MemorySegment.copy(segment, records.payload(), target, 0, records.length());
            receipt = MessageQueue.receipt(records.length(), records.priority());
        } finally {
            endReceiving(receipt);
        }
        return receipt;
    }

    /**
     * Takes the lock and chooses a free slot.
     *
     * @return {@code false} if there is none; then the lock is not held
     */
    private boolean beginSending(int priority) throws IpcException {
        if (!begin(layout.capacity())) {
            return false;
        }
        boolean chosen = false;
        boolean sound = false;
        try {
            chosen = records.claim(priority);
            sound = true;
        } catch (InternalError e) {
            throw gone(e);
        } finally {
            if (!chosen) {
                end(sound);
            }
        }
        return chosen;
    }

    /**
     * Sends what is in the slot, or nothing if the caller's memory did not let itself be copied;
     * gives back the lock.
     */
    private void endSending(int length) throws IpcException {
        boolean sound = false;
        try {
            if (length != NOTHING) {
                records.commit(length);
            }
            sound = true;
        } catch (InternalError e) {
            throw gone(e);
        } finally {
            end(sound);
        }
        wake(messages);
    }

    /**
     * Takes the lock and chooses the next message's slot.
     *
     * @return {@code false} if there is none; then the lock is not held
     */
    private boolean beginReceiving() throws IpcException {
        if (!begin(0)) {
            return false;
        }
        boolean chosen = false;
        boolean sound = false;
        try {
            chosen = records.first();
            sound = true;
        } catch (InternalError e) {
            throw gone(e);
        } finally {
            if (!chosen) {
                end(sound);
            }
        }
        return chosen;
    }

    /**
     * Takes the message out, unless the caller's memory did not let itself be written; gives back
     * the lock.
     */
    private void endReceiving(long receipt) throws IpcException {
        boolean sound = false;
        try {
            if (receipt != NONE) {
                records.consume();
            }
            sound = true;
        } catch (InternalError e) {
            throw gone(e);
        } finally {
            end(sound);
        }
        wake(room);
    }

    /** Without the memory there is nobody to wake, and the next operation will say so. */
    private static void wake(Sleepers.Place place) {
        try {
            place.wake();
        } catch (InternalError | IllegalStateException e) {
            return;
        }
    }

    /**
     * Takes the lock, and repairs what a dead owner has left.
     *
     * <p>It is not worth while to take it when the count says so and nobody is at work. The lock is
     * looked at first: after a death the count may be wrong, but the lock is taken then.
     *
     * @param useless the number of messages that leaves nothing to do
     * @return {@code false} if it is useless, or if somebody else has the lock for longer than is
     *     reasonable; a frozen process, for example
     */
    private boolean begin(int useless) throws IpcException {
        try {
            if (lock.isFree() && records.count() == useless) {
                return false;
            }
            RobustLock.Grant grant = lock.tryLock();
            if (grant == RobustLock.Grant.ABANDONED) {
                repair();
            }
            return grant != RobustLock.Grant.BUSY;
        } catch (InternalError e) {
            throw gone(e);
        }
    }

    /** Returns what is thrown for a fault of the memory, which the JDK may tell a little late. */
    private IpcException gone(InternalError fault) {
        IpcException exception =
                new IncompatibleException(
                        name(), "its memory is gone; some program has cut the file short");
        exception.initCause(fault);
        return exception;
    }

    private void repair() throws IpcException {
        boolean sound = false;
        try {
            records.rebuild();
            sound = true;
        } finally {
            if (!sound) {
                end(false);
            }
        }
    }

    private void end(boolean sound) {
        try {
            if (sound) {
                lock.unlock();
            } else {
                lock.abandon();
            }
        } catch (InternalError e) {
            return; // without the memory there is nothing to give back, and the next operation will
            // say so
        }
    }

    /** While somebody is at work, or has died at it, one waiter goes and sees. */
    private int ready(int count) {
        return lock.isFree() ? count : Math.max(count, 1);
    }

    @Override
    protected Wait room() {
        return room.threads();
    }

    @Override
    protected void awaitRoom(long nanos) throws IpcException {
        room.sleep(nanos);
    }

    @Override
    protected Wait messages() {
        return messages.threads();
    }

    @Override
    protected void awaitMessage(long nanos) throws IpcException {
        messages.sleep(nanos);
    }

    @Override
    public int maxMessageSize() {
        return layout.maxMessageSize();
    }

    @Override
    public int capacity() {
        return layout.capacity();
    }

    @Override
    public int maxPriority() {
        return MAX_PORTABLE_PRIORITY;
    }

    @Override
    public int messageCount() throws IpcException {
        Arguments.requireOpen(isOpen(), name());
        int count = records.count();
        if (count < 0 || count > layout.capacity()) {
            throw new IncompatibleException(
                    name(), "it counts " + count + " messages; it is damaged");
        }
        return count;
    }

    @Override
    public String nativeKey() {
        return memory.nativeKey();
    }

    @Override
    public boolean isOpen() {
        return open.get();
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            wake(room); // a thread that waits shall not use the memory any more
            wake(messages);
            room().drain();
            messages().drain();
            sleepers.close();
            lock.exclude(memory::close); // nobody shall lose the memory while it has the lock
            leave.run();
        }
    }
}
