// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.IncompatibleException;
import org.ipc4j.Ipc;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ends of pipes go over a local socket, and are pipes again at its other end. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only the provider posix passes handles")
@Timeout(60)
class PassedPipeTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private LocalSocketPair sockets;
    private AnonymousPipe pipe;

    @BeforeEach
    void open() throws Exception {
        sockets = Ipc.provider(LocalSocketProvider.class, "posix").pair(LocalSocketOptions.DEFAULT);
        pipe = Ipc.provider(AnonymousPipeProvider.class, "posix").open();
    }

    @AfterEach
    void close() throws Exception {
        pipe.close();
        sockets.close();
    }

    private List<ReceivedHandle> passed(Passable... ends) throws Exception {
        assertEquals(1, sockets.first().write(bytes("!"), List.of(ends), LONG));
        List<ReceivedHandle> received = new ArrayList<>();
        assertEquals(1, sockets.second().read(ByteBuffer.allocate(1), received, LONG));
        return received;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    void bothEndsArePipesAgain() throws Exception {
        List<ReceivedHandle> received = passed(pipe.reader(), pipe.writer());
        assertEquals(HandleKind.PIPE, received.get(0).kind());
        assertEquals(HandleKind.PIPE, received.get(1).kind());
        pipe.close(); // who has passed something may close it
        try (AnonymousPipeReader reader = AnonymousPipe.adoptReader(received.get(0));
                AnonymousPipeWriter writer = AnonymousPipe.adoptWriter(received.get(1))) {
            writer.write(bytes("through"));
            ByteBuffer target = ByteBuffer.allocate(20);
            assertEquals(7, reader.read(target, LONG));
            assertEquals("through", UTF_8.decode(target.flip()).toString());
            assertEquals(0, reader.read(target.clear(), Duration.ZERO));
            writer.close();
            assertEquals(-1, reader.read(target, LONG));
        }
    }

    @Test
    void theWrongEndIsRefusedAndStays() throws Exception {
        ReceivedHandle received = passed(pipe.writer()).getFirst();
        assertThrows(IncompatibleException.class, () -> AnonymousPipe.adoptReader(received));
        assertTrue(received.isOpen());
        AnonymousPipe.adoptWriter(received).close();
        assertThrows(IllegalStateException.class, () -> AnonymousPipe.adoptWriter(received));
    }

    @Test
    void aSocketIsNoPipe() throws Exception {
        try (ReceivedHandle received = passed(sockets.second()).getFirst()) {
            assertThrows(IncompatibleException.class, () -> AnonymousPipe.adoptReader(received));
            assertThrows(IncompatibleException.class, () -> AnonymousPipe.adoptWriter(received));
            assertTrue(received.isOpen());
        }
    }

    /** What nobody adopts and everybody closes is the end of the stream. */
    @Test
    void passedEndsCount() throws Exception {
        ReceivedHandle writer = passed(pipe.writer()).getFirst();
        pipe.writer().close();
        ByteBuffer one = ByteBuffer.allocate(1);
        assertEquals(0, pipe.reader().read(one, Duration.ofMillis(20)));
        writer.close();
        assertEquals(-1, pipe.reader().read(one, LONG));
        AnonymousPipe other = Ipc.provider(AnonymousPipeProvider.class, "posix").open();
        ReceivedHandle reader = passed(other.reader()).getFirst();
        other.reader().close();
        other.writer().write(bytes("x"));
        reader.close();
        assertThrows(PeerClosedException.class, () -> other.writer().write(bytes("x")));
        other.close();
    }
}
