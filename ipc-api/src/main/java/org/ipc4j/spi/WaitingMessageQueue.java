// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;

/**
 * Makes a {@link MessageQueue} from a send and a receive that do not wait: checks the arguments,
 * moves the buffers' positions, and waits. What need not wait allocates nothing here.
 */
public abstract class WaitingMessageQueue implements MessageQueue {
    private final IpcName name;

    /**
     * Creates the part that waits.
     *
     * @param name the queue's name
     */
    protected WaitingMessageQueue(IpcName name) {
        this.name = name;
    }

    /**
     * Sends a message if there is room now.
     *
     * @param message a message of an allowed size, from position to limit, which stay as they are
     * @param priority an allowed priority
     * @return {@code false} if there is no room
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the queue is closed
     */
    protected abstract boolean sendNow(ByteBuffer message, int priority) throws IpcException;

    /**
     * Sends a message if there is room now.
     *
     * @param message a message of an allowed size
     * @param priority an allowed priority
     * @return {@code false} if there is no room
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the queue is closed
     */
    protected abstract boolean sendNow(MemorySegment message, int priority) throws IpcException;

    /**
     * Receives a message if there is one now.
     *
     * @param target has enough room; the message goes to its position, which stays as it is
     * @return the receipt, or {@link #NONE}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the queue is closed
     */
    protected abstract long receiveNow(ByteBuffer target) throws IpcException;

    /**
     * Receives a message if there is one now.
     *
     * @param target has enough room; the message goes to its start
     * @return the receipt, or {@link #NONE}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the queue is closed
     */
    protected abstract long receiveNow(MemorySegment target) throws IpcException;

    /**
     * Returns where senders wait.
     *
     * @return the same object for every call
     */
    protected abstract Wait room();

    /**
     * Returns where receivers wait.
     *
     * @return the same object for every call
     */
    protected abstract Wait messages();

    /**
     * Waits in the kernel until there is probably room. Only called if {@link #room()} waits in the
     * kernel.
     *
     * @param nanos how long at most
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the queue is closed
     */
    protected void awaitRoom(long nanos) throws IpcException {}

    /**
     * Waits in the kernel until there is probably a message. Only called if {@link #messages()}
     * waits in the kernel.
     *
     * @param nanos how long at most
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the queue is closed
     */
    protected void awaitMessage(long nanos) throws IpcException {}

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final boolean trySend(ByteBuffer message, int priority) throws IpcException {
        requireSendable(message.remaining(), priority);
        return sent(message, sendNow(message, priority));
    }

    @Override
    public final boolean trySend(ByteBuffer message, int priority, Duration timeout)
            throws IpcException, InterruptedException {
        requireSendable(message.remaining(), priority);
        Wait.requireNotInterrupted();
        return sent(
                message,
                sendNow(message, priority)
                        || room().until(
                                        timeout,
                                        nanos -> {
                                            if (nanos > 0) {
                                                awaitRoom(nanos);
                                            }
                                            return sendNow(message, priority);
                                        }));
    }

    @Override
    public final boolean trySend(MemorySegment message, int priority) throws IpcException {
        requireSendable(message.byteSize(), priority);
        return sendNow(message, priority);
    }

    @Override
    public final boolean trySend(MemorySegment message, int priority, Duration timeout)
            throws IpcException, InterruptedException {
        requireSendable(message.byteSize(), priority);
        Wait.requireNotInterrupted();
        return sendNow(message, priority)
                || room().until(
                                timeout,
                                nanos -> {
                                    if (nanos > 0) {
                                        awaitRoom(nanos);
                                    }
                                    return sendNow(message, priority);
                                });
    }

    @Override
    public final int tryReceive(ByteBuffer target) throws IpcException {
        requireReceivable(target);
        return received(target, receiveNow(target));
    }

    @Override
    public final int tryReceive(ByteBuffer target, Duration timeout)
            throws IpcException, InterruptedException {
        requireReceivable(target);
        Wait.requireNotInterrupted();
        long receipt = receiveNow(target);
        return received(
                target,
                receipt == NONE ? receiveWithin(timeout, () -> receiveNow(target)) : receipt);
    }

    @Override
    public final long tryReceive(MemorySegment target) throws IpcException {
        requireReceivable(target);
        return receiveNow(target);
    }

    @Override
    public final long tryReceive(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        requireReceivable(target);
        Wait.requireNotInterrupted();
        long receipt = receiveNow(target);
        return receipt == NONE ? receiveWithin(timeout, () -> receiveNow(target)) : receipt;
    }

    private interface Receive {
        long now() throws IpcException;
    }

    private long receiveWithin(Duration timeout, Receive receive)
            throws IpcException, InterruptedException {
        long[] receipt = {NONE};
        messages()
                .until(
                        timeout,
                        nanos -> {
                            if (nanos > 0) {
                                awaitMessage(nanos);
                            }
                            receipt[0] = receive.now();
                            return receipt[0] != NONE;
                        });
        return receipt[0];
    }

    private static boolean sent(ByteBuffer message, boolean sent) {
        if (sent) {
            message.position(message.limit());
        }
        return sent;
    }

    private static int received(ByteBuffer target, long receipt) {
        if (receipt == NONE) {
            return NONE;
        }
        target.position(target.position() + MessageQueue.length(receipt));
        return MessageQueue.priority(receipt);
    }

    private void requireSendable(long size, int priority) {
        Arguments.requireOpen(isOpen(), name);
        Arguments.requirePriority(priority, maxPriority());
        Arguments.requireMessageSize(size, maxMessageSize());
    }

    private void requireReceivable(ByteBuffer target) {
        Arguments.requireOpen(isOpen(), name);
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        Arguments.requireRoom(target.remaining(), maxMessageSize());
    }

    private void requireReceivable(MemorySegment target) {
        Arguments.requireOpen(isOpen(), name);
        if (target.isReadOnly()) {
            throw new IllegalArgumentException(
                    "a message cannot be received into a read-only segment");
        }
        Arguments.requireRoom(target.byteSize(), maxMessageSize());
    }
}
