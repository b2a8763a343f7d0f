// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;

class IpcExceptionTest {
    private static final IpcName GATE = IpcName.of("gate");
    private static final SystemError ENOENT =
            new SystemError("sem_open", 2, "ENOENT", "No such file or directory");

    @Test
    void messageOfARefusedCall() {
        IpcException e = new IpcException(GATE, "/gate", ENOENT, "");
        assertEquals("sem_open \"/gate\": ENOENT (2), No such file or directory", e.getMessage());
        assertEquals(Optional.of(GATE), e.name());
        assertEquals(Optional.of(ENOENT), e.error());
    }

    @Test
    void adviceFollows() {
        assertEquals(
                "sem_open \"/gate\": ENOENT (2), No such file or directory; create it first",
                new IpcException(GATE, "/gate", ENOENT, "create it first").getMessage());
    }

    @Test
    void messageWithoutACall() {
        IpcException e = new IpcException(GATE, "is another's");
        assertEquals("\"gate\": is another's", e.getMessage());
        assertEquals(Optional.of(GATE), e.name());
        assertEquals(Optional.empty(), e.error());
    }

    @Test
    void subclassesSayTheSame() {
        for (IpcException e :
                List.of(
                        new IncompatibleException(GATE, "m"),
                        new IpcAccessDeniedException(GATE, "m"),
                        new IpcClosedException(GATE, "m"),
                        new NameExistsException(GATE, "m"),
                        new NameNotFoundException(GATE, "m"),
                        new OwnerDiedException(GATE, "m"),
                        new PeerClosedException(GATE, "m"),
                        new ResourceLimitException(GATE, "m"))) {
            assertEquals("\"gate\": m", e.getMessage());
        }
        for (IpcException e :
                List.of(
                        new IncompatibleException(GATE, "/k", ENOENT, "a"),
                        new IpcAccessDeniedException(GATE, "/k", ENOENT, "a"),
                        new IpcClosedException(GATE, "/k", ENOENT, "a"),
                        new NameExistsException(GATE, "/k", ENOENT, "a"),
                        new NameNotFoundException(GATE, "/k", ENOENT, "a"),
                        new OwnerDiedException(GATE, "/k", ENOENT, "a"),
                        new PeerClosedException(GATE, "/k", ENOENT, "a"),
                        new ResourceLimitException(GATE, "/k", ENOENT, "a"))) {
            assertEquals(
                    "sem_open \"/k\": ENOENT (2), No such file or directory; a", e.getMessage());
            assertEquals(Optional.of(ENOENT), e.error());
        }
    }

    @Test
    void nullNameIsRefused() {
        assertThrows(NullPointerException.class, () -> new IpcException(null, "m"));
        assertThrows(NullPointerException.class, () -> new IpcException(null, "/k", ENOENT, ""));
    }

    @Test
    void messageSurvivesSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new NameNotFoundException(GATE, "/gate", ENOENT, ""));
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            NameNotFoundException e = (NameNotFoundException) in.readObject();
            assertEquals(
                    "sem_open \"/gate\": ENOENT (2), No such file or directory", e.getMessage());
            assertEquals(Optional.empty(), e.name());
            assertEquals(Optional.empty(), e.error());
        }
    }
}
