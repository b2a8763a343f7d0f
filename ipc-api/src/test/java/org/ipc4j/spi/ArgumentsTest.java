// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** {@link Arguments}, {@link AvailableMemory} and {@link FileOwner}: what providers refuse with. */
class ArgumentsTest {
    private static final IpcName NAME = IpcName.of("name");

    @Test
    void refusalsHelp() {
        told("closed", IllegalStateException.class, () -> Arguments.requireOpen(false, NAME));
        told("0 to 31", IllegalArgumentException.class, () -> Arguments.requirePriority(32, 31));
        told("-1", IllegalArgumentException.class, () -> Arguments.requirePriority(-1, 31));
        told(
                "100 bytes",
                IllegalArgumentException.class,
                () -> Arguments.requireMessageSize(101, 100));
        told("room for 99", IllegalArgumentException.class, () -> Arguments.requireRoom(99, 100));
    }

    private static <X extends Exception> void told(String text, Class<X> type, Executable call) {
        String message = assertThrows(type, call).getMessage();
        assertTrue(message.contains(text), message);
    }

    @Test
    void whatIsAllowedPasses() {
        Arguments.requireOpen(true, NAME);
        Arguments.requirePriority(0, 31);
        Arguments.requirePriority(31, 31);
        Arguments.requireMessageSize(100, 100);
        Arguments.requireMessageSize(0, 100);
        Arguments.requireRoom(100, 100);
    }

    @Test
    void moreMemoryThanThereIsIsRefused() throws Exception {
        AvailableMemory.require(NAME, 4096);
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/meminfo")), "no /proc here");
        told(
                "available",
                ResourceLimitException.class,
                () -> AvailableMemory.require(NAME, Long.MAX_VALUE));
        told(
                "\"name\"",
                ResourceLimitException.class,
                () -> AvailableMemory.require(NAME, 1L << 60));
    }

    @Test
    void ownFileIsAccepted(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("mine"));
        for (Access access : Access.values()) {
            FileOwner.require(NAME, file, access, LinkOption.NOFOLLOW_LINKS);
        }
    }

    @Test
    void anotherUsersFileIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("theirs"));
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
        try {
            Files.setAttribute(file, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            Assumptions.abort("only root can give a file away");
        }
        told(
                "user 65534",
                IpcAccessDeniedException.class,
                () -> FileOwner.require(NAME, file, Access.OWNER, LinkOption.NOFOLLOW_LINKS));
        FileOwner.require(
                NAME, file, Access.GROUP, LinkOption.NOFOLLOW_LINKS); // its group is still ours
        FileOwner.require(NAME, file, Access.EVERYBODY, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", 65534, LinkOption.NOFOLLOW_LINKS);
        told(
                "EVERYBODY",
                IpcAccessDeniedException.class,
                () -> FileOwner.require(NAME, file, Access.GROUP, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aLinkIsNotFollowed(@TempDir Path directory) throws Exception {
        Path target = Files.createFile(directory.resolve("target"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
        try {
            Files.setAttribute(target, "unix:uid", 65534);
        } catch (IOException e) {
            Assumptions.abort("only root can give a file away");
        }
        FileOwner.require(NAME, link, Access.OWNER, LinkOption.NOFOLLOW_LINKS);
        assertThrows(
                IpcAccessDeniedException.class, () -> FileOwner.require(NAME, link, Access.OWNER));
    }
}
