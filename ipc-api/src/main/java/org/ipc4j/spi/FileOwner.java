// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses a file that somebody else put where ours is expected, on systems whose files have a
 * numeric owner.
 *
 * <p>In a directory like {@code /dev/shm} everybody may create a name, but only its owner may
 * delete it. So a name that belongs to us when it is looked at cannot be replaced by anybody else
 * afterwards.
 */
public final class FileOwner {
    private static final Path STATUS = Path.of("/proc/self/status");

    private FileOwner() {}

    /**
     * Refuses a file of a user whose objects the caller does not accept.
     *
     * @param name the object's name, for the message
     * @param file the file
     * @param access whose objects the caller accepts
     * @param links {@link LinkOption#NOFOLLOW_LINKS}, unless {@code file} is a link of the system's
     *     own
     * @throws IpcAccessDeniedException if the owner is not accepted
     * @throws IOException if the file cannot be looked at
     */
    public static void require(IpcName name, Path file, Access access, LinkOption... links)
            throws IOException {
        if (access == Access.EVERYBODY
                || !file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Map<String, Object> owner = Files.readAttributes(file, "unix:uid,gid", links);
        int uid = (int) owner.get("uid");
        int gid = (int) owner.get("gid");
        Optional<Self> known = Self.read();
        if (known.isEmpty()) {
            return; // a system that does not tell who we are
        }
        Self self = known.get();
        if (uid != self.uid && !(access == Access.GROUP && self.groups.contains(gid))) {
            throw new IpcAccessDeniedException(
                    name,
                    "it belongs to user "
                            + uid
                            + ", not to "
                            + self.uid
                            + "; if that is expected, open it with Access.EVERYBODY, or with"
                            + " Access.GROUP for group "
                            + gid);
        }
    }

    /**
     * Tells who runs this process, where the system does as Linux does.
     *
     * @return the number of its effective user
     */
    public static OptionalInt user() {
        try {
            Optional<Self> known = Self.read();
            return known.isPresent() ? OptionalInt.of(known.get().uid) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Tells which groups this process belongs to, where the system does as Linux does.
     *
     * @return the numbers of its effective group and of its supplementary groups
     */
    public static Set<Long> groups() {
        try {
            return Self.read().map(self -> self.groups).orElse(Set.of()).stream()
                    .map(Integer::toUnsignedLong)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** The effective user and all groups of this process, which may change while it runs. */
    private record Self(int uid, Set<Integer> groups) {
        static Optional<Self> read() throws IOException {
            if (!Files.exists(STATUS)) {
                return Optional.empty();
            }
            int uid = -1;
            int gid = -1;
            Set<Integer> groups = new HashSet<>();
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("Uid:")) {
                    uid = numbers(line).get(1); // real, effective, saved, file system
                } else if (line.startsWith("Gid:")) {
                    gid = numbers(line).get(1);
                } else if (line.startsWith("Groups:")) {
                    groups.addAll(numbers(line));
                }
            }
            groups.add(gid);
            return Optional.of(new Self(uid, groups));
        }

        private static List<Integer> numbers(String line) {
            return Arrays.stream(line.split("\\s+"))
                    .skip(1)
                    .map(Integer::parseUnsignedInt)
                    .toList();
        }
    }
}
