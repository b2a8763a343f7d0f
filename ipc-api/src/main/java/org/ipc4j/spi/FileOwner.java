// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /**
     * The link leads to the process's directory.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid.5.html">proc_pid(5)</a>
     */
    private static final Path SELF = Path.of("/proc/self");

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
        OptionalInt self = effectiveUser();
        if (self.isPresent()) { // else a system that does not tell who we are
            int uid = (int) owner.get("uid");
            require(name, uid, (int) owner.get("gid"), access, self.getAsInt());
        }
    }

    /**
     * Refuses a file of a user whose objects the caller does not accept.
     *
     * @param name the object's name, for the message
     * @param uid the user whose file it is
     * @param gid the group whose file it is
     * @param access whose objects the caller accepts
     * @param self the effective user of this process
     * @throws IpcAccessDeniedException if the owner is not accepted
     * @throws IOException if the groups of this process cannot be looked at
     */
    public static void require(IpcName name, int uid, int gid, Access access, int self)
            throws IOException {
        if (access != Access.EVERYBODY
                && uid != self
                && !(access == Access.GROUP && effectiveGroups().contains(gid))) {
            throw new IpcAccessDeniedException(
                    name,
                    "it belongs to user "
                            + uid
                            + ", not to "
                            + self
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
            return effectiveUser();
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
            return effectiveGroups().stream()
                    .map(Integer::toUnsignedLong)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /**
     * The effective user of this process, which may change while it runs. It owns the process's
     * directory, also if the process must not be dumped and the files in there are root's; that
     * tells it in one look, and the list of groups takes some fifty times as long.
     */
    private static OptionalInt effectiveUser() throws IOException {
        try {
            return OptionalInt.of((int) Files.getAttribute(SELF, "unix:uid"));
        } catch (NoSuchFileException | UnsupportedOperationException | IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    /** The effective group and the supplementary groups, which may change too. */
    private static Set<Integer> effectiveGroups() throws IOException {
        Set<Integer> groups = new HashSet<>();
        for (String line : Files.readAllLines(SELF.resolve("status"))) {
            if (line.startsWith("Gid:")) {
                groups.add(numbers(line).get(1)); // real, effective, saved, file system
            } else if (line.startsWith("Groups:")) {
                groups.addAll(numbers(line));
            }
        }
        return groups;
    }

    private static List<Integer> numbers(String line) {
        return Arrays.stream(line.split("\\s+")).skip(1).map(Integer::parseUnsignedInt).toList();
    }
}
