// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.OwnerDiedException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.CutOffException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.stream.Stream;

class ExitStatusTest {
    private static final IpcName NAME = IpcName.of("gate");

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(1, new IpcException(NAME, "")),
                Arguments.of(1, new OwnerDiedException(NAME, "")),
                Arguments.of(1, new IpcClosedException(NAME, "")),
                Arguments.of(1, new IOException()),
                Arguments.of(1, new UnsupportedOperationException()),
                Arguments.of(1, new OutOfMemoryError()),
                Arguments.of(1, new OutputException(new IOException("No space left on device"))),
                Arguments.of(2, new IllegalArgumentException()),
                Arguments.of(2, new IllegalStateException()),
                Arguments.of(3, new CommandFailure(ExitStatus.TIMED_OUT, "")),
                Arguments.of(4, new NameNotFoundException(NAME, "")),
                Arguments.of(5, new NameExistsException(NAME, "")),
                Arguments.of(6, new IpcAccessDeniedException(NAME, "")),
                Arguments.of(7, new ResourceLimitException(NAME, "")),
                Arguments.of(8, new PeerClosedException(NAME, "")),
                Arguments.of(9, new IncompatibleException(NAME, "")),
                Arguments.of(10, new CutOffException(NAME, "")),
                Arguments.of(130, new InterruptedException()),
                Arguments.of(130, new ClosedByInterruptException()),
                Arguments.of(141, new OutputException(new IOException("Broken pipe"))),
                Arguments.of(
                        141, new OutputException(new IOException("The pipe is being closed"))));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void everyReasonHasItsStatus(int code, Throwable reason) {
        assertEquals(code, ExitStatus.of(reason).code());
    }

    @Test
    void theHelpListsThemAll() {
        String help = Called.ipc("--help").out();
        ExitStatus.list()
                .forEach((code, meaning) ->
                        assertTrue(help.contains("  " + code), () -> code + " in " + help));
    }
}
