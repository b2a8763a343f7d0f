// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.Wait;
import org.ipc4j.windows.sys.FileApi;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.NamedPipeApi;
import org.ipc4j.windows.sys.Native;
import org.ipc4j.windows.sys.Security;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;
import org.ipc4j.windows.sys.WindowsErrors;
import org.ipc4j.windows.sys.WindowsNames;

import java.time.Duration;
import java.util.Optional;

/**
 * How a client connects.
 *
 * <p>It asks for the rights that it needs and not for {@code GENERIC_WRITE}, which would include to
 * make further instances of the pipe, and it shows the server who it is, but does not let it act in
 * its name.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/ipc/named-pipe-client">Named pipe
 *     client</a>
 */
final class PipeClient {
    /** What every client needs: to ask what the pipe is like, and to use it at all. */
    private static final int RIGHTS = Win32.FILE_READ_ATTRIBUTES | Win32.SYNCHRONIZE;

    /** The rights of who reads. */
    static final int READER = RIGHTS | Win32.FILE_READ_DATA;

    /** The rights of who writes. */
    static final int WRITER = RIGHTS | Win32.FILE_WRITE_DATA;

    /** The rights of who reads and writes, and sets whether it reads messages. */
    static final int BOTH = WRITER | Win32.FILE_READ_DATA | Win32.FILE_WRITE_ATTRIBUTES;

    /** What has become of an attempt to connect that was not refused. */
    sealed interface Result {}

    /**
     * It is connected.
     *
     * @param end its end
     * @param info what the pipe is like
     */
    record Connected(PipeEnd end, NamedPipeApi.Info info) implements Result {}

    /** What else there is. */
    enum NotYet implements Result {
        /** There is no such pipe. */
        ABSENT,
        /** All instances have their clients, and the server is about to make another. */
        BUSY
    }

    private PipeClient() {}

    /**
     * Tells whether there is a pipe.
     *
     * @param key its name
     * @return whether it has an instance, in use or not
     */
    static boolean exists(String key) {
        return switch (Win32Error.of(NamedPipeApi.WaitNamedPipeW(key, 1))) {
            case ERROR_FILE_NOT_FOUND,
                    ERROR_PATH_NOT_FOUND,
                    ERROR_BAD_PATHNAME,
                    ERROR_INVALID_NAME ->
                    false;
            default -> true;
        };
    }

    /**
     * Looks for a pipe on behalf of a provider.
     *
     * @param name its name
     * @return its key, or empty if there is none, or this system has no pipes
     */
    static Optional<String> find(IpcName name) {
        String key = WindowsNames.pipe(name);
        return Native.availability("WaitNamedPipeW").isAvailable() && exists(key)
                ? Optional.of(key)
                : Optional.empty();
    }

    /**
     * Tries to connect.
     *
     * @param name the pipe's name
     * @param access whose pipe is accepted
     * @param rights one of the constants here
     * @throws IncompatibleException if there is something else under that name
     * @throws IpcException if the system refuses, or the pipe is not accepted
     */
    static Result connect(IpcName name, Access access, int rights) throws IpcException {
        String key = WindowsNames.pipe(name);
        long handle =
                FileApi.CreateFileW(
                        key,
                        rights | Security.toKnowOwner(access),
                        Win32.FILE_FLAG_OVERLAPPED
                                | Win32.SECURITY_SQOS_PRESENT
                                | Win32.SECURITY_IDENTIFICATION);
        return switch (Win32Error.of(handle)) {
            case NONE -> connected(name, key, access, handle);
            case ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND -> NotYet.ABSENT;
            case ERROR_PIPE_BUSY -> NotYet.BUSY;
            default -> throw WindowsErrors.exception(handle, "CreateFileW", name, key);
        };
    }

    /**
     * Connects to a pipe that this process has just made, and that has instances to spare.
     *
     * @param rights one of the constants here
     */
    static Connected connectAtOnce(IpcName name, Access access, int rights) throws IpcException {
        return switch (connect(name, access, rights)) {
            case Connected connected -> rights == BOTH ? prepared(connected) : connected;
            case NotYet notYet ->
                    throw new IpcException(name, "the new pipe cannot be connected to: " + notYet);
        };
    }

    /** A pipe of messages is read in messages. */
    private static Connected prepared(Connected connected) throws IpcException {
        if (connected.info().messages()) {
            readMessages(connected.end());
        }
        return connected;
    }

    /**
     * Connects to a server whose connections go both ways, and waits its turn while the server is
     * busy.
     *
     * @param name the pipe's name
     * @param access whose pipe is accepted
     * @param timeout how long to wait
     * @return the client's end, which reads messages if the pipe is of messages; or empty if the
     *     server was busy all the time
     * @throws NameNotFoundException if there is no server
     * @throws IpcException if the system refuses, or the pipe is not accepted
     */
    static Optional<Connected> await(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        Connected[] connected = {null};
        Wait.byPolling(name, () -> true, () -> 1)
                .until(
                        timeout,
                        nanos ->
                                switch (connect(name, access, BOTH)) {
                                    case Connected now -> {
                                        connected[0] = now;
                                        yield true;
                                    }
                                    case NotYet.BUSY -> false;
                                    case NotYet.ABSENT ->
                                            throw new NameNotFoundException(
                                                    name,
                                                    "there is no server of that name; create it"
                                                            + " first");
                                });
        return connected[0] == null ? Optional.empty() : Optional.of(prepared(connected[0]));
    }

    /** A client begins by reading a stream, whatever the pipe is. */
    private static void readMessages(PipeEnd end) throws IpcException {
        long handle = end.handle().enter();
        try {
            WindowsErrors.check(
                    NamedPipeApi.SetNamedPipeHandleState(handle, Win32.PIPE_READMODE_MESSAGE),
                    "SetNamedPipeHandleState",
                    end.name(),
                    end.key());
        } catch (IpcException e) {
            end.close();
            throw e;
        } finally {
            end.handle().exit();
        }
    }

    private static Result connected(IpcName name, String key, Access access, long handle)
            throws IpcException {
        NamedPipeApi.Info info;
        try {
            info =
                    NamedPipeApi.GetNamedPipeInfo(handle)
                            .orElseThrow(() ->
                                    new IncompatibleException(
                                            name, key + " is no pipe; choose another name"));
            Security.requireOwner(handle, name, key, access);
        } catch (IpcException e) {
            HandleApi.CloseHandle(handle);
            throw e;
        }
        return new Connected(new PipeEnd(name, key, handle), info);
    }
}
