// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.SystemError;
import org.ipc4j.posix.sys.gen.Linux;
import org.junit.jupiter.api.Test;

/** Error codes become the exceptions that callers act on. */
class PosixErrorsTest {
    private static final IpcName GATE = IpcName.of("gate");

    private static IpcException of(int code) {
        return PosixErrors.exception(-code, "sem_open", GATE, "/gate");
    }

    @Test
    void theMessageNamesCallKeySymbolCodeAndText() {
        IpcException exception = of(Linux.ENOENT());
        assertEquals(
                "sem_open \"/gate\": ENOENT (2), No such file or directory",
                exception.getMessage());
        assertEquals(GATE, exception.name().orElseThrow());
        assertEquals(
                new SystemError("sem_open", 2, "ENOENT", "No such file or directory"),
                exception.error().orElseThrow());
    }

    @Test
    void eachKindHasItsException() {
        assertInstanceOf(NameNotFoundException.class, of(Linux.ENOENT()));
        assertInstanceOf(NameExistsException.class, of(Linux.EEXIST()));
        assertInstanceOf(IpcAccessDeniedException.class, of(Linux.EACCES()));
        assertInstanceOf(ResourceLimitException.class, of(Linux.ENOSPC()));
        assertInstanceOf(PeerClosedException.class, of(Linux.EPIPE()));
        assertInstanceOf(IncompatibleException.class, of(Linux.ELOOP()));
        assertEquals(IpcException.class, of(Linux.EIO()).getClass());
    }

    @Test
    void aLimitIsNamedWithItsValue() {
        String message = of(Linux.EMFILE()).getMessage();
        long limit = ResourceCalls.getrlimit(Abi.RLIMIT_NOFILE);
        assertTrue(message.contains("RLIMIT_NOFILE) is " + limit), message);
    }

    @Test
    void anUnknownCodeIsToldAsItIs() {
        assertTrue(of(4095).getMessage().contains("errno 4095 (4095)"), of(4095).getMessage());
    }
}
