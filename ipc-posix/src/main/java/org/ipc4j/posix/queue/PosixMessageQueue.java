// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.queue;

import static org.ipc4j.posix.sys.MqueueCalls.mq_getattr;
import static org.ipc4j.posix.sys.MqueueCalls.mq_open;
import static org.ipc4j.posix.sys.MqueueCalls.mq_receive;
import static org.ipc4j.posix.sys.MqueueCalls.mq_send;
import static org.ipc4j.posix.sys.PosixErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.MqueueCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WaitingMessageQueue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code mq_open(3)} and friends.
 *
 * <p>The descriptor never blocks; whoever waits polls it, since {@code mq_timedsend} and {@code
 * mq_timedreceive} follow the wall clock. Messages pass through native memory of this object's own:
 * the kernel has already taken a message from the queue when it finds that it cannot write to the
 * caller's memory.
 */
final class PosixMessageQueue extends WaitingMessageQueue {
    private static final int FLAGS = Abi.O_RDWR | Abi.O_NONBLOCK | Abi.O_CLOEXEC;

    private final NativeHandle queue;
    private final int capacity;
    private final Letter outgoing;
    private final Letter incoming;
    private final MemorySegment priority = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    private final Wait room;
    private final Wait messages;

    private PosixMessageQueue(IpcName name, int fd) {
        super(name);
        MqueueCalls.Attributes attributes = mq_getattr(fd);
        this.queue = UnistdCalls.handle(name, fd);
        this.capacity = attributes.capacity();
        this.outgoing = new Letter(attributes.maxMessageSize());
        this.incoming = new Letter(attributes.maxMessageSize());
        this.room = Wait.inKernel(name, this::isOpen, () -> capacity - messageCount());
        this.messages = Wait.inKernel(name, this::isOpen, this::messageCount);
    }

    /** Memory for one message, and who is using it. */
    private static final class Letter {
        final ReentrantLock lock = new ReentrantLock();
        final MemorySegment segment;
        final ByteBuffer buffer;

        Letter(int size) {
            segment = Arena.ofAuto().allocate(size);
            buffer = segment.asByteBuffer();
        }
    }

    static PosixMessageQueue create(IpcName name, MessageQueueOptions options) throws IpcException {
        String key = PosixNames.key(name);
        int mode = PosixNames.mode(options.access());
        int fd =
                mq_open(
                        key,
                        FLAGS | Abi.O_CREAT | Abi.O_EXCL,
                        mode,
                        options.capacity(),
                        options.maxMessageSize());
        if (fd < 0) {
            throw QueueLimits.exception(fd, name, key, options);
        }
        try {
            check(StatCalls.fchmod(fd, mode), "fchmod", name, key);
            QueueMark.set(name);
        } catch (IpcException e) {
            UnistdCalls.close(fd);
            MqueueCalls.mq_unlink(key);
            throw e;
        }
        return new PosixMessageQueue(name, fd);
    }

    static PosixMessageQueue open(IpcName name, Access access) throws IpcException {
        String key = PosixNames.key(name);
        int fd = check(mq_open(key, FLAGS), "mq_open", name, key);
        try {
            OpenFile.requireOwner(fd, name, access);
        } catch (IpcException e) {
            UnistdCalls.close(fd);
            throw e;
        }
        return new PosixMessageQueue(name, fd);
    }

    /** Asks the system, which has no other way to look than to open. */
    static boolean exists(IpcName name) {
        int fd = mq_open(PosixNames.key(name), Abi.O_RDONLY | Abi.O_NONBLOCK | Abi.O_CLOEXEC);
        if (fd >= 0) {
            UnistdCalls.close(fd);
        }
        return fd >= 0 || Errno.of(fd) == Errno.EACCES;
    }

    @Override
    protected boolean sendNow(ByteBuffer message, int priority) throws IpcException {
        outgoing.lock.lock();
        try {
            int length = message.remaining();
            outgoing.buffer.put(0, message, message.position(), length);
            return sent(length, priority);
        } finally {
            outgoing.lock.unlock();
        }
    }

    @Override
    protected boolean sendNow(MemorySegment message, int priority) throws IpcException {
        outgoing.lock.lock();
        try {
            MemorySegment.copy(message, 0, outgoing.segment, 0, message.byteSize());
            return sent(message.byteSize(), priority);
        } finally {
            outgoing.lock.unlock();
        }
    }

    private boolean sent(long length, int priority) throws IpcException {
        int fd = (int) queue.enter();
        try {
            int result = mq_send(fd, outgoing.segment, length, priority);
            return result == 0 || notNow(result, "mq_send");
        } finally {
            queue.exit();
        }
    }

    @Override
    protected long receiveNow(ByteBuffer target) throws IpcException {
        incoming.lock.lock();
        try {
            long receipt = received();
            if (receipt != NONE) {
                target.put(target.position(), incoming.buffer, 0, MessageQueue.length(receipt));
            }
            return receipt;
        } finally {
            incoming.lock.unlock();
        }
    }

    @Override
    protected long receiveNow(MemorySegment target) throws IpcException {
        incoming.lock.lock();
        try {
            long receipt = received();
            if (receipt != NONE) {
                MemorySegment.copy(incoming.segment, 0, target, 0, MessageQueue.length(receipt));
            }
            return receipt;
        } finally {
            incoming.lock.unlock();
        }
    }

    private long received() throws IpcException {
        int fd = (int) queue.enter();
        try {
            long length = mq_receive(fd, incoming.segment, maxMessageSize(), priority);
            if (length < 0) {
                notNow(length, "mq_receive");
                return NONE;
            }
            return MessageQueue.receipt((int) length, priority.get(ValueLayout.JAVA_INT, 0));
        } finally {
            queue.exit();
        }
    }

    /** The queue was full or empty. */
    private boolean notNow(long result, String call) throws IpcException {
        return switch (Errno.of(result)) {
            case EAGAIN, EINTR -> false;
            default -> throw PosixErrors.exception(result, call, name(), nativeKey());
        };
    }

    @Override
    protected void awaitRoom(long nanos) {
        poll(Abi.POLLOUT, nanos);
    }

    @Override
    protected void awaitMessage(long nanos) {
        poll(Abi.POLLIN, nanos);
    }

    private void poll(short events, long nanos) {
        int fd = (int) queue.enter();
        try {
            PollCalls.poll(fd, events, nanos);
        } finally {
            queue.exit();
        }
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected Wait messages() {
        return messages;
    }

    @Override
    public int maxMessageSize() {
        return outgoing.buffer.capacity();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int messageCount() {
        int fd = (int) queue.enter();
        try {
            return mq_getattr(fd).count();
        } finally {
            queue.exit();
        }
    }

    @Override
    public int maxPriority() {
        return Abi.MQ_PRIO_MAX - 1;
    }

    @Override
    public String nativeKey() {
        return PosixNames.key(name());
    }

    @Override
    public boolean isOpen() {
        return queue.isOpen();
    }

    @Override
    public void close() {
        queue.close();
    }
}
