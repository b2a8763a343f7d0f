// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The shell's own FIFOs. */
@Timeout(120)
class FifoIT {
    @TempDir private Path directory;

    @Test
    void canBeRead() throws Exception {
        assertEquals(
                new Ipc.Result(0, "from cat\n", ""),
                Ipc.shell(
                        directory,
                        "mkfifo f; (echo from cat | cat > f) & ipc pipe read --existing --native"
                                + " $PWD/f; wait; test -p f"));
    }

    @Test
    void canBeWritten() throws Exception {
        assertEquals(
                new Ipc.Result(0, "from ipc\n", ""),
                Ipc.shell(
                        directory,
                        "mkfifo f; (echo from ipc | ipc pipe write --native $PWD/f --timeout 60s) &"
                                + " cat f; wait; test -p f"));
    }
}
