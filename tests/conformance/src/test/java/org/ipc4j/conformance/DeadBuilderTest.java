// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that had selected plain Java's memory died while it built what is composed of that.
 * Whoever removes the object deletes what it has left, though the memory that is selected here is
 * another one.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "both providers' memory is in one folder on Linux")
class DeadBuilderTest {
    private static final Path FOLDER = Path.of("/dev/shm");

    @ParameterizedTest
    @ValueSource(classes = {NamedSemaphoreProvider.class, MessageQueueProvider.class})
    void whatItHasLeftIsDeleted(Class<? extends NamedObjectProvider> type) throws IOException {
        NamedObjectProvider provider = Ipc.provider(type, "jvm");
        IpcName name = IpcName.of(Names.fresh());
        String key = provider.nativeKey(name);
        assertEquals("/", key.substring(0, 1), "the key of the system's own memory");
        Path left =
                Files.createFile(
                        FOLDER.resolve(".ipc4j-new." + key.substring(1) + ".0123456789abcdef"));
        try {
            assertFalse(provider.remove(name));
            assertFalse(Files.exists(left), left::toString);
        } finally {
            Files.deleteIfExists(left);
        }
    }
}
