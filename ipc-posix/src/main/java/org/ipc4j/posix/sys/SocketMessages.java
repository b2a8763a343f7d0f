// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.posix.sys.gen.cmsghdr;
import org.ipc4j.posix.sys.gen.iovec;
import org.ipc4j.posix.sys.gen.msghdr;
import org.ipc4j.posix.sys.gen.sockaddr_un;
import org.ipc4j.posix.sys.gen.ucred;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * {@code sys/socket.h}: messages with an address, descriptors and credentials.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
public final class SocketMessages {
    private static final MethodHandle SENDMSG =
            Native.link("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            Native.link("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

    private static final int[] NONE = {};

    private SocketMessages() {}

    /**
     * Sends bytes, and descriptors with them.
     *
     * @param fd the descriptor of the socket
     * @param bytes the bytes, in native memory
     * @param to the address, as {@link SocketCalls#bind} takes it, or null if it is connected
     * @param descriptors what is passed
     * @param flags {@code MSG_} constants
     * @return how many bytes, or the negated error code
     */
    public static long sendmsg(
            int fd, MemorySegment bytes, String to, int[] descriptors, int flags) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = message(arena, bytes);
            if (to != null) {
                MemorySegment address = SocketCalls.address(arena, to);
                msghdr.msg_name(message, address);
                msghdr.msg_namelen(message, (int) address.byteSize());
            }
            if (descriptors.length > 0) {
                MemorySegment control =
                        arena.allocate(space((long) descriptors.length * Integer.BYTES), 8);
                cmsghdr.cmsg_len(
                        control, cmsghdr.sizeof() + (long) descriptors.length * Integer.BYTES);
                cmsghdr.cmsg_level(control, Abi.SOL_SOCKET);
                cmsghdr.cmsg_type(control, Abi.SCM_RIGHTS);
                MemorySegment.copy(
                        descriptors, 0, control, JAVA_INT, cmsghdr.sizeof(), descriptors.length);
                msghdr.msg_control(message, control);
                msghdr.msg_controllen(message, control.byteSize());
            }
            return Scratch.result((long) SENDMSG.invokeExact(errno, fd, message, flags), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * What was received.
     *
     * @param result how many bytes, or the negated error code; then the rest means nothing
     * @param flags {@code MSG_TRUNC}, {@code MSG_CTRUNC}
     * @param sender the sender's address, as {@link SocketCalls#bind} takes it, or empty
     * @param descriptors what was passed; the caller's to close
     * @param credentials who has sent it, if that was asked for
     */
    public record Received(
            long result,
            int flags,
            Optional<String> sender,
            int[] descriptors,
            Optional<SocketCalls.Credentials> credentials) {}

    /**
     * Receives bytes, and descriptors with them.
     *
     * @param fd the descriptor of the socket
     * @param bytes where the bytes go, in native memory
     * @param maxDescriptors for how many descriptors there is room; the system closes the others
     * @param flags {@code MSG_} constants
     * @return what came
     */
    public static Received recvmsg(int fd, MemorySegment bytes, int maxDescriptors, int flags) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = message(arena, bytes);
            MemorySegment address = sockaddr_un.allocate(arena);
            msghdr.msg_name(message, address);
            msghdr.msg_namelen(message, (int) address.byteSize());
            long room = maxDescriptors == 0 ? 0 : space((long) maxDescriptors * Integer.BYTES);
            MemorySegment control = arena.allocate(space(ucred.sizeof()) + room, 8);
            msghdr.msg_control(message, control);
            msghdr.msg_controllen(message, control.byteSize());
            long result =
                    Scratch.result((long) RECVMSG.invokeExact(errno, fd, message, flags), errno);
            if (result < 0) {
                return new Received(result, 0, Optional.empty(), NONE, Optional.empty());
            }
            return received(
                    result,
                    msghdr.msg_flags(message),
                    SocketCalls.address(address, msghdr.msg_namelen(message)),
                    control.asSlice(0, msghdr.msg_controllen(message)));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    private static MemorySegment message(Arena arena, MemorySegment bytes) {
        MemorySegment vector = iovec.allocate(arena);
        iovec.iov_base(vector, bytes);
        iovec.iov_len(vector, bytes.byteSize());
        MemorySegment message = msghdr.allocate(arena); // zero
        msghdr.msg_iov(message, vector);
        msghdr.msg_iovlen(message, 1);
        return message;
    }

    /** {@code CMSG_SPACE(3)}. */
    private static long space(long byteSize) {
        return cmsghdr.sizeof() + align(byteSize);
    }

    private static long align(long byteSize) {
        return (byteSize + Long.BYTES - 1) & -Long.BYTES;
    }

    private static Received received(
            long result, int flags, Optional<String> sender, MemorySegment control) {
        int[] descriptors = NONE;
        Optional<SocketCalls.Credentials> credentials = Optional.empty();
        long offset = 0;
        while (offset + cmsghdr.sizeof() <= control.byteSize()) {
            MemorySegment header = control.asSlice(offset);
            long length = Math.min(cmsghdr.cmsg_len(header), header.byteSize());
            if (length < cmsghdr.sizeof()) {
                break;
            }
            MemorySegment data = header.asSlice(cmsghdr.sizeof(), length - cmsghdr.sizeof());
            if (cmsghdr.cmsg_level(header) == Abi.SOL_SOCKET) {
                if (cmsghdr.cmsg_type(header) == Abi.SCM_RIGHTS) {
                    descriptors =
                            data.asSlice(0, data.byteSize() & -Integer.BYTES).toArray(JAVA_INT);
                } else if (cmsghdr.cmsg_type(header) == Abi.SCM_CREDENTIALS
                        && data.byteSize() >= ucred.sizeof()) {
                    credentials =
                            Optional.of(
                                    new SocketCalls.Credentials(
                                            0, ucred.pid(data), ucred.uid(data), ucred.gid(data)));
                }
            }
            offset += align(length);
        }
        return new Received(result, flags, sender, descriptors, credentials);
    }
}
