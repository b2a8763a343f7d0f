// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

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
import org.ipc4j.windows.sys.gen.Windows;
import org.junit.jupiter.api.Test;

/** Error codes become the exceptions that callers act on. */
class WindowsErrorsTest {
    private static final IpcName GATE = IpcName.of("gate");

    private static IpcException of(int code) {
        return WindowsErrors.exception(-code, "OpenSemaphoreW", GATE, "Local\\sem.gate");
    }

    @Test
    void theMessageNamesCallKeySymbolCodeAndText() {
        IpcException exception = of(2);
        assertEquals(
                "OpenSemaphoreW \"Local\\sem.gate\": ERROR_FILE_NOT_FOUND (2), The system cannot"
                        + " find the file specified",
                exception.getMessage());
        assertEquals(GATE, exception.name().orElseThrow());
        assertEquals(
                new SystemError(
                        "OpenSemaphoreW",
                        2,
                        "ERROR_FILE_NOT_FOUND",
                        "The system cannot find the file specified"),
                exception.error().orElseThrow());
    }

    @Test
    void eachKindHasItsException() {
        assertInstanceOf(NameNotFoundException.class, of(Windows.ERROR_PATH_NOT_FOUND()));
        assertInstanceOf(NameExistsException.class, of(Windows.ERROR_ALREADY_EXISTS()));
        assertInstanceOf(IpcAccessDeniedException.class, of(Windows.ERROR_ACCESS_DENIED()));
        assertInstanceOf(ResourceLimitException.class, of(Windows.ERROR_COMMITMENT_LIMIT()));
        assertInstanceOf(PeerClosedException.class, of(Windows.ERROR_BROKEN_PIPE()));
        assertInstanceOf(IncompatibleException.class, of(Windows.ERROR_INVALID_HANDLE()));
        assertEquals(IpcException.class, of(Windows.ERROR_INVALID_PARAMETER()).getClass());
    }

    @Test
    void anObjectOfAnotherKindIsExplained() {
        String message = of(Windows.ERROR_INVALID_HANDLE()).getMessage();
        assertTrue(message.contains("object of another kind"), message);
    }

    @Test
    void anUnknownCodeIsToldAsItIs() {
        assertTrue(of(4095).getMessage().contains("error 4095 (4095)"), of(4095).getMessage());
    }
}
