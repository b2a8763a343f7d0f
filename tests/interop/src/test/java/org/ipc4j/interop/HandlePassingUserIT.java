// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one user passes to another, neither of whom could open what the other has. Sealed memory is
 * safe from whoever it comes; whose file is accepted, the receiver says.
 */
@Interop
class HandlePassingUserIT {
    private static final int SIZE = 100_001;

    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    private static Path temporary(String what) {
        return Path.of(System.getProperty("java.io.tmpdir"), Run.name(what));
    }

    private static void connect(Peer server, Peer client) {
        Path address = temporary("sock-user");
        server.ok("sock serve " + address + " stream everybody");
        client.ok("sock connect " + address + " stream everybody");
        server.ok("sock accept");
        server.ok("sock stop");
    }

    @ParameterizedTest(name = "from root: {0}")
    @ValueSource(booleans = {true, false})
    void memory(boolean fromRoot) throws Exception {
        try (Peer sender = OTHER.start("posix", fromRoot);
                Peer receiver = OTHER.start("posix", !fromRoot)) {
            connect(sender, receiver);
            sender.ok("shm anonymous " + SIZE + " ALL");
            sender.ok("pass send memory memory");
            assertEquals("memory MEMORY", receiver.ok("pass receive"));
            receiver.ok("pass adopt memory 0");
            sender.ok("shm write 1");
            receiver.ok("shm verify 1");
            ProcessHandle process = ProcessHandle.of(sender.pid()).orElseThrow();
            sender.kill();
            process.onExit().get();
            receiver.ok("shm write 2");
            receiver.ok("shm verify 2");
        }
    }

    @ParameterizedTest(name = "from root: {0}")
    @ValueSource(booleans = {true, false})
    void file(boolean fromRoot) throws Exception {
        Path path = temporary("mmap-user");
        try (Peer sender = OTHER.start("posix", fromRoot);
                Peer receiver = OTHER.start("posix", !fromRoot)) {
            connect(sender, receiver);
            sender.ok("mmap create " + path + " " + SIZE);
            sender.ok("mmap write 1");
            sender.ok("pass send file file");
            assertEquals("file FILE", receiver.ok("pass receive"));
            receiver.denied("pass adopt file 0");
            assertEquals("1", receiver.ok("pass left"), "it can still be adopted");
            receiver.ok("pass adopt file 0 everybody");
            receiver.ok("mmap verify 1");
            receiver.ok("mmap write 2");
            sender.ok("mmap verify 2");
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
