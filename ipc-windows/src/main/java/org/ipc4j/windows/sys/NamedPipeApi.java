// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.windows.sys.gen.Windows;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code namedpipeapi.h}, and the functions of {@code winbase.h} that belong to it.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/api/namedpipeapi/">namedpipeapi.h</a>
 */
public final class NamedPipeApi {
    private static final MethodHandle CREATE_NAMED_PIPE =
            Native.link(
                    "CreateNamedPipeW",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_INT, ADDRESS));
    private static final MethodHandle CONNECT_NAMED_PIPE =
            Native.link("ConnectNamedPipe", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle DISCONNECT_NAMED_PIPE =
            Native.link("DisconnectNamedPipe", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle PEEK_NAMED_PIPE =
            Native.link(
                    "PeekNamedPipe",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle WAIT_NAMED_PIPE =
            Native.link("WaitNamedPipeW", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SET_NAMED_PIPE_HANDLE_STATE =
            Native.link(
                    "SetNamedPipeHandleState",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle GET_NAMED_PIPE_INFO =
            Native.link(
                    "GetNamedPipeInfo",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle GET_NAMED_PIPE_CLIENT_PROCESS_ID =
            process("GetNamedPipeClientProcessId");
    private static final MethodHandle GET_NAMED_PIPE_SERVER_PROCESS_ID =
            process("GetNamedPipeServerProcessId");

    /**
     * What {@code GetNamedPipeInfo} tells of a pipe.
     *
     * @param messages whether its writes are messages
     * @param outBuffer how many bytes the system keeps for the client; 0 is possible
     * @param inBuffer how many bytes the system keeps for the server; 0 is possible
     */
    public record Info(boolean messages, int outBuffer, int inBuffer) {}

    private NamedPipeApi() {}

    private static MethodHandle process(String function) {
        return Native.link(function, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    /**
     * Creates an instance of a pipe.
     *
     * @param key its name
     * @param openMode {@code PIPE_ACCESS_} and {@code FILE_FLAG_} constants
     * @param pipeMode {@code PIPE_} constants
     * @param outBuffer how many bytes to keep for the client
     * @param inBuffer how many bytes to keep for the server
     * @param security what {@link Security#attributes} made
     * @return a handle, or the negated error code
     */
    public static long CreateNamedPipeW(
            String key,
            int openMode,
            int pipeMode,
            int outBuffer,
            int inBuffer,
            MemorySegment security) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyW = arena.allocateFrom(key, StandardCharsets.UTF_16LE);
            MemorySegment handle =
                    (MemorySegment)
                            CREATE_NAMED_PIPE.invokeExact(
                                    lastError,
                                    keyW,
                                    openMode,
                                    pipeMode,
                                    Windows.PIPE_UNLIMITED_INSTANCES(),
                                    outBuffer,
                                    inBuffer,
                                    Windows.NMPWAIT_USE_DEFAULT_WAIT(),
                                    security);
            return HandleApi.opened(handle, lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Begins to wait for a client of an instance.
     *
     * @param handle the instance
     * @param overlapped must stay until the operation has ended
     * @return 0 if it has ended, or the negated error code
     */
    static int ConnectNamedPipe(long handle, MemorySegment overlapped) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            CONNECT_NAMED_PIPE.invokeExact(
                                    lastError, HandleApi.pointer(handle), overlapped),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Parts an instance from its client. What the client has not read yet is lost.
     *
     * @param handle the instance
     * @return 0, or the negated error code
     */
    public static int DisconnectNamedPipe(long handle) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int) DISCONNECT_NAMED_PIPE.invokeExact(lastError, HandleApi.pointer(handle)),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Looks whether an end is connected and how much there is to read, without reading.
     *
     * @param handle a handle that can be read
     * @return the number of bytes, or the negated error code; that of {@link
     *     Win32Error#ERROR_BAD_PIPE} if it is an instance without a client, that of {@link
     *     Win32Error#ERROR_BROKEN_PIPE} if the other end is gone and everything is read
     */
    public static int PeekNamedPipe(long handle) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment available = arena.allocate(JAVA_INT);
            int succeeded =
                    (int)
                            PEEK_NAMED_PIPE.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    MemorySegment.NULL,
                                    0,
                                    MemorySegment.NULL,
                                    available,
                                    MemorySegment.NULL);
            return succeeded == 0 ? Scratch.failure(lastError) : available.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits until an instance of a pipe has no client yet.
     *
     * @param key the pipe's name
     * @param milliseconds how long; 1 or more
     * @return 0, or the negated error code; that of {@link Win32Error#ERROR_SEM_TIMEOUT} if there
     *     was none in time, that of {@link Win32Error#ERROR_FILE_NOT_FOUND} if there is no pipe
     */
    public static int WaitNamedPipeW(String key, int milliseconds) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyW = arena.allocateFrom(key, StandardCharsets.UTF_16LE);
            return Scratch.result(
                    (int) WAIT_NAMED_PIPE.invokeExact(lastError, keyW, milliseconds), lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Sets how a handle reads.
     *
     * @param handle a client's handle, with {@code FILE_WRITE_ATTRIBUTES}
     * @param mode {@code PIPE_READMODE_} constants
     * @return 0, or the negated error code
     */
    public static int SetNamedPipeHandleState(long handle, int mode) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            return Scratch.result(
                    (int)
                            SET_NAMED_PIPE_HANDLE_STATE.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    arena.allocateFrom(JAVA_INT, mode),
                                    MemorySegment.NULL,
                                    MemorySegment.NULL),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Asks what a pipe is like.
     *
     * @param handle a handle of either end
     * @return the answer, or empty if the handle is no pipe's
     */
    public static Optional<Info> GetNamedPipeInfo(long handle) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flags = arena.allocate(JAVA_INT);
            MemorySegment out = arena.allocate(JAVA_INT);
            MemorySegment in = arena.allocate(JAVA_INT);
            int succeeded =
                    (int)
                            GET_NAMED_PIPE_INFO.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    flags,
                                    out,
                                    in,
                                    MemorySegment.NULL);
            return succeeded == 0
                    ? Optional.empty()
                    : Optional.of(
                            new Info(
                                    (flags.get(JAVA_INT, 0) & Windows.PIPE_TYPE_MESSAGE()) != 0,
                                    out.get(JAVA_INT, 0),
                                    in.get(JAVA_INT, 0)));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Asks which process an instance's client is.
     *
     * @param handle a handle of either end
     * @return the process's number, or empty if the system does not tell
     */
    public static OptionalLong GetNamedPipeClientProcessId(long handle) {
        return processId(GET_NAMED_PIPE_CLIENT_PROCESS_ID, handle);
    }

    /**
     * Asks which process has created an instance.
     *
     * @param handle a handle of either end
     * @return the process's number, or empty if the system does not tell
     */
    public static OptionalLong GetNamedPipeServerProcessId(long handle) {
        return processId(GET_NAMED_PIPE_SERVER_PROCESS_ID, handle);
    }

    private static OptionalLong processId(MethodHandle function, long handle) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            int succeeded =
                    (int) function.invokeExact(lastError, HandleApi.pointer(handle), number);
            return succeeded == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Integer.toUnsignedLong(number.get(JAVA_INT, 0)));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
