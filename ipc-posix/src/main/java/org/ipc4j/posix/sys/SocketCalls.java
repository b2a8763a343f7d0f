// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.posix.sys.gen.sockaddr_un;
import org.ipc4j.posix.sys.gen.ucred;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sys/socket.h}: making sockets, connecting them, and sending bytes through them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class SocketCalls {
    private static final MethodHandle SOCKET =
            Native.link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SOCKETPAIR =
            Native.link(
                    "socketpair",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle BIND =
            Native.link("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle LISTEN =
            Native.link("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACCEPT4 =
            Native.link(
                    "accept4",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT =
            Native.link("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SHUTDOWN =
            Native.link("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            Native.link(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            Native.link(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            Native.link("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle RECV =
            Native.link(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SEND =
            Native.link(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    /** The longest list of groups that is asked for: more than Linux lets a process have. */
    private static final int MAX_GROUPS = 1 << 16;

    private SocketCalls() {}

    /**
     * Makes a socket of this machine.
     *
     * @param type {@code SOCK_} constants
     * @return its descriptor, or the negated error code
     */
    public static int socket(int type) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) SOCKET.invokeExact(errno, Abi.AF_UNIX, type, 0), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Two connected sockets.
     *
     * @param result 0, or the negated error code; then the rest means nothing
     * @param first one descriptor
     * @param second the other
     */
    public record Pair(int result, int first, int second) {}

    /**
     * Makes two connected sockets.
     *
     * @param type {@code SOCK_} constants
     * @return the pair
     * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
     */
    public static Pair socketpair(int type) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment both = arena.allocate(JAVA_INT, 2);
            int result =
                    Scratch.result(
                            (int) SOCKETPAIR.invokeExact(errno, Abi.AF_UNIX, type, 0, both), errno);
            return new Pair(result, both.getAtIndex(JAVA_INT, 0), both.getAtIndex(JAVA_INT, 1));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Gives a socket its address.
     *
     * @param fd the descriptor
     * @param address as {@link #address} reads it
     * @return 0, or the negated error code
     */
    public static int bind(int fd, String address) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = address(arena, address);
            return Scratch.result(
                    (int) BIND.invokeExact(errno, fd, name, (int) name.byteSize()), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Lets others connect.
     *
     * @param fd the descriptor
     * @param backlog how many may wait to be accepted
     * @return 0, or the negated error code
     */
    public static int listen(int fd, int backlog) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) LISTEN.invokeExact(errno, fd, backlog), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Accepts one who has connected.
     *
     * @param fd the descriptor of the socket that listens
     * @param flags {@code SOCK_NONBLOCK}, {@code SOCK_CLOEXEC}
     * @return the descriptor of the connection, or the negated error code
     */
    public static int accept4(int fd, int flags) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result(
                    (int)
                            ACCEPT4.invokeExact(
                                    errno, fd, MemorySegment.NULL, MemorySegment.NULL, flags),
                    errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Connects a socket.
     *
     * @param fd the descriptor
     * @param address as {@link #address} reads it
     * @return 0, or the negated error code; {@code EAGAIN} if too many others wait
     */
    public static int connect(int fd, String address) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = address(arena, address);
            return Scratch.result(
                    (int) CONNECT.invokeExact(errno, fd, name, (int) name.byteSize()), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Ends one way of a connection.
     *
     * @param fd the descriptor
     * @param how {@code SHUT_WR}
     * @return 0, or the negated error code
     */
    public static int shutdown(int fd, int how) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) SHUTDOWN.invokeExact(errno, fd, how), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Asks for an option that is a number.
     *
     * @param fd the descriptor
     * @param option {@code SO_} constant
     * @return its value, which is never negative, or the negated error code
     */
    public static int getsockopt(int fd, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            int result = getsockopt(fd, option, value, length(arena, value.byteSize()));
            return result < 0 ? result : value.get(JAVA_INT, 0);
        }
    }

    /**
     * Who is at the other end.
     *
     * @param result 0, or the negated error code; then the rest means nothing
     * @param pid the process; 0 if it cannot be seen from here
     * @param uid the user
     * @param gid the group
     */
    public record Credentials(int result, int pid, int uid, int gid) {}

    /**
     * Asks who is at the other end.
     *
     * @param fd the descriptor
     * @return who connected, or listened
     */
    public static Credentials getsockopt_peercred(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment who = ucred.allocate(arena);
            int result = getsockopt(fd, Abi.SO_PEERCRED, who, length(arena, who.byteSize()));
            return new Credentials(result, ucred.pid(who), ucred.uid(who), ucred.gid(who));
        }
    }

    /**
     * Asks for the supplementary groups of who is at the other end.
     *
     * @param fd the descriptor
     * @return the groups, or empty if the system does not tell
     */
    public static Optional<Set<Long>> getsockopt_peergroups(int fd) {
        int room = 32;
        while (room <= MAX_GROUPS) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment groups = arena.allocate(JAVA_INT, room);
                MemorySegment length = length(arena, groups.byteSize());
                int result = getsockopt(fd, Abi.SO_PEERGROUPS, groups, length);
                if (result == 0) {
                    Set<Long> found = new HashSet<>();
                    for (int i = 0; i < length.get(JAVA_INT, 0) / Integer.BYTES; i++) {
                        found.add(Integer.toUnsignedLong(groups.getAtIndex(JAVA_INT, i)));
                    }
                    return Optional.of(found);
                }
                if (Errno.of(result) != Errno.ERANGE) {
                    return Optional.empty();
                }
                room *= 2;
            }
        }
        return Optional.empty();
    }

    private static MemorySegment length(Arena arena, long byteSize) {
        return arena.allocateFrom(JAVA_INT, (int) byteSize);
    }

    private static int getsockopt(int fd, int option, MemorySegment value, MemorySegment length) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result(
                    (int) GETSOCKOPT.invokeExact(errno, fd, Abi.SOL_SOCKET, option, value, length),
                    errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Sets an option that is a number.
     *
     * @param fd the descriptor
     * @param option {@code SO_} constant
     * @param value its value
     * @return 0, or the negated error code
     */
    public static int setsockopt(int fd, int option, int value) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocateFrom(JAVA_INT, value);
            return Scratch.result(
                    (int)
                            SETSOCKOPT.invokeExact(
                                    errno,
                                    fd,
                                    Abi.SOL_SOCKET,
                                    option,
                                    number,
                                    (int) number.byteSize()),
                    errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Asks for a socket's address.
     *
     * @param fd the descriptor
     * @return the address as {@link #address} reads it, or empty if it has none
     */
    public static Optional<String> getsockname(int fd) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = sockaddr_un.allocate(arena);
            MemorySegment length = length(arena, name.byteSize());
            int result =
                    Scratch.result((int) GETSOCKNAME.invokeExact(errno, fd, name, length), errno);
            return result < 0 ? Optional.empty() : address(name, length.get(JAVA_INT, 0));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Reads bytes.
     *
     * @param fd the descriptor
     * @param buffer where they go
     * @param count how many at most
     * @param flags {@code MSG_} constants
     * @return how many; 0 at the end; or the negated error code
     */
    public static long recv(int fd, MemorySegment buffer, long count, int flags) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((long) RECV.invokeExact(errno, fd, buffer, count, flags), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Writes bytes.
     *
     * @param fd the descriptor
     * @param buffer the bytes
     * @param count how many at most
     * @param flags {@code MSG_} constants
     * @return how many, or the negated error code
     */
    public static long send(int fd, MemorySegment buffer, long count, int flags) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((long) SEND.invokeExact(errno, fd, buffer, count, flags), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Makes a C address of ours.
     *
     * @param arena where it lives
     * @param address a path; or a name that has no file, behind a NUL
     * @return the address, as long as the system shall read it
     * @throws IndexOutOfBoundsException if it is too long
     */
    static MemorySegment address(Arena arena, String address) {
        byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        MemorySegment name = sockaddr_un.allocate(arena); // zero
        sockaddr_un.sun_family(name, (short) Abi.AF_UNIX);
        MemorySegment.copy(
                MemorySegment.ofArray(bytes), 0, name, sockaddr_un.sun_path$offset(), bytes.length);
        boolean path = !address.startsWith("\0");
        return name.asSlice(0, sockaddr_un.sun_path$offset() + bytes.length + (path ? 1 : 0));
    }

    /** Makes ours of a C address. */
    static Optional<String> address(MemorySegment name, int length) {
        int count =
                Math.min(length, (int) sockaddr_un.sizeof()) - (int) sockaddr_un.sun_path$offset();
        if (count <= 0) {
            return Optional.empty();
        }
        byte[] bytes = name.asSlice(sockaddr_un.sun_path$offset(), count).toArray(JAVA_BYTE);
        if (bytes[0] != 0) {
            count = 0;
            while (count < bytes.length && bytes[count] != 0) {
                count++;
            }
        }
        return Optional.of(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
}
