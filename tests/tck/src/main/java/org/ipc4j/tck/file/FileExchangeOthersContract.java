// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.file.Publication;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.MechanismContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What every {@link FileExchange} makes of what programs do that know nothing of it. */
public abstract class FileExchangeOthersContract extends MechanismContract<FileExchangeProvider> {
    private Folder folder;
    private FileExchange exchange;

    /** For subclasses. */
    protected FileExchangeOthersContract() {}

    /**
     * Makes a directory, and an exchange in it.
     *
     * @throws IOException if that fails
     */
    @BeforeEach
    protected void makeFolder() throws IOException {
        folder = closing(Folder.fresh());
        exchange = closing(provider().at(folder.file(), Access.OWNER));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String next(long after) throws IOException, InterruptedException {
        try (FileVersion version = exchange.await(after, Duration.ZERO).orElseThrow()) {
            assertTrue(version.generation() > after);
            assertEquals(version.generation(), exchange.generation().orElseThrow());
            return new String(version.bytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Those who make archives give their files a time long ago, to have the same archive each time.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void acceptsAnyTime() throws Exception {
        for (Instant time : List.of(Instant.EPOCH, Instant.parse("1969-07-20T20:17:40Z"))) {
            Files.writeString(folder.file(), "old");
            Files.setLastModifiedTime(folder.file(), FileTime.from(time));
            assertEquals("old", next(0));
            long old = exchange.generation().orElseThrow();
            assertTrue(exchange.publish(bytes("new")) > old);
            assertEquals("new", next(old));
            assertTrue(exchange.remove());
        }
    }

    /**
     * A publisher follows a version of the future, as a clock that was wrong leaves it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void followsAVersionOfTheFuture() throws Exception {
        Files.writeString(folder.file(), "too early");
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        Files.setLastModifiedTime(folder.file(), FileTime.from(tomorrow));
        long future = exchange.generation().orElseThrow();
        assertTrue(exchange.publish(bytes("in time")) > future);
        assertEquals("in time", next(future));
    }

    /**
     * What a dead publisher has left is deleted, and what a living one writes is not.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void cleans() throws Exception {
        assertEquals(List.of(), exchange.clean());
        assertEquals(List.of(), folder.names(), "no lock is made for nothing");
        exchange.publish(bytes("old"));
        try (Publication alive = exchange.begin()) {
            Path left = folder.path().resolve(".file.ipc4j-new.0123456789abcdef");
            Files.writeString(left, "half of");
            assertEquals(List.of(left.toAbsolutePath()), exchange.clean());
            assertEquals(3, folder.names().size());
            alive.write(bytes("new"));
            assertEquals(List.of(), exchange.clean());
            alive.commit();
        }
        assertEquals("new", Files.readString(folder.file()));
        exchange.close();
        assertThrows(IllegalStateException.class, exchange::clean);
    }

    /**
     * Only what has exactly the name of a version in the making is taken for one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void leavesOthersFilesAlone() throws Exception {
        List<String> theirs =
                List.of(
                        ".file.ipc4j-new.",
                        ".file.ipc4j-new.0123456789abcde",
                        ".file.ipc4j-new.0123456789abcdef0",
                        ".file.ipc4j-new.0123456789abcdeg",
                        ".file.ipc4j-new.b.ipc4j-new.0123456789abcdef",
                        ".file2.ipc4j-new.0123456789abcdef",
                        "file.ipc4j-new.0123456789abcdef");
        for (String name : theirs) {
            Files.writeString(folder.path().resolve(name), name);
        }
        assertEquals(List.of(), exchange.clean());
        exchange.publish(bytes("ours"));
        for (String name : theirs) {
            Path file = folder.path().resolve(name);
            assertEquals(name, Files.readString(file));
            Files.delete(file);
        }
        assertFalse(Files.notExists(folder.file()));
    }
}
