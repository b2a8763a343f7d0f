// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.posix.sys.gen.mq_attr;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code mqueue.h}: message queues. A queue's descriptor is a file descriptor on Linux.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mq_overview.7.html">mq_overview(7)</a>
 */
public final class MqueueCalls {
    private static final MethodHandle MQ_OPEN =
            Native.link(
                    "mq_open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle MQ_UNLINK =
            Native.link("mq_unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle MQ_SEND =
            Native.link(
                    "mq_send",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MQ_RECEIVE =
            Native.link(
                    "mq_receive",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle MQ_GETATTR =
            Native.link("mq_getattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private MqueueCalls() {}

    /**
     * Opens a queue.
     *
     * @param name its name
     * @param flags {@code O_} constants
     * @return its descriptor, or the negated error code
     */
    public static int mq_open(String name, int flags) {
        return mq_open(name, flags, 0, MemorySegment.NULL);
    }

    /**
     * Creates a queue.
     *
     * @param name its name
     * @param flags {@code O_} constants
     * @param mode its permissions, less the umask
     * @param capacity how many messages it holds
     * @param maxMessageSize how many bytes a message has at most
     * @return its descriptor, or the negated error code
     */
    public static int mq_open(String name, int flags, int mode, int capacity, int maxMessageSize) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = mq_attr.allocate(arena);
            mq_attr.mq_maxmsg(attributes, capacity);
            mq_attr.mq_msgsize(attributes, maxMessageSize);
            return mq_open(name, flags, mode, attributes);
        }
    }

    private static int mq_open(String name, int flags, int mode, MemorySegment attributes) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameC = arena.allocateFrom(name);
            return Scratch.result(
                    (int) MQ_OPEN.invokeExact(errno, nameC, flags, mode, attributes), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * What a queue is like.
     *
     * @param capacity how many messages it holds
     * @param maxMessageSize how many bytes a message has at most
     * @param count how many messages are in it
     */
    public record Attributes(int capacity, int maxMessageSize, int count) {}

    /**
     * Asks what a queue is like.
     *
     * @param queue the queue's descriptor, which is open
     * @return its attributes
     */
    public static Attributes mq_getattr(int queue) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = mq_attr.allocate(arena);
            int result =
                    Scratch.result((int) MQ_GETATTR.invokeExact(errno, queue, attributes), errno);
            if (result < 0) {
                throw new IllegalStateException(
                        "mq_getattr: " + Errno.of(result)); // only for what is no queue
            }
            return new Attributes(
                    (int) mq_attr.mq_maxmsg(attributes),
                    (int) mq_attr.mq_msgsize(attributes),
                    (int) mq_attr.mq_curmsgs(attributes));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Sends a message.
     *
     * @param queue the queue's descriptor
     * @param message the message
     * @param length its size in bytes
     * @param priority its priority
     * @return 0, or the negated error code
     */
    public static int mq_send(int queue, MemorySegment message, long length, int priority) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result(
                    (int) MQ_SEND.invokeExact(errno, queue, message, length, priority), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Receives a message.
     *
     * @param queue the queue's descriptor
     * @param buffer where it goes
     * @param size the buffer's size, at least that of the longest message
     * @param priority where its priority goes, an {@code int}
     * @return the message's size in bytes, or the negated error code
     */
    public static long mq_receive(
            int queue, MemorySegment buffer, long size, MemorySegment priority) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result(
                    (long) MQ_RECEIVE.invokeExact(errno, queue, buffer, size, priority), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Deletes a queue's name.
     *
     * @param name the name
     * @return 0, or the negated error code
     */
    public static int mq_unlink(String name) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameC = arena.allocateFrom(name);
            return Scratch.result((int) MQ_UNLINK.invokeExact(errno, nameC), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
