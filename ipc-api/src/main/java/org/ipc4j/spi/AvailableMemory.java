// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Refuses to reserve more memory than there is.
 *
 * <p>A memory file system may be as large as the machine's memory. Filling it does not fail; it
 * ends in the kernel's out-of-memory killer. So the size is compared beforehand with what the
 * kernel says is available, and with what is left of the control group's limit.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_meminfo.5.html">proc_meminfo(5)</a>
 */
public final class AvailableMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path CGROUP = Path.of("/sys/fs/cgroup");

    private static final Path SHM = Path.of("/dev/shm");
    private static final Set<String> MEMORY_FILE_SYSTEMS = Set.of("tmpfs", "ramfs");

    private AvailableMemory() {}

    /**
     * Refuses a size that is larger than the available memory. Where the system does not tell,
     * nothing is refused.
     *
     * @param name the object's name, for the message
     * @param byteSize the size in bytes
     * @throws ResourceLimitException if {@code byteSize} is too large
     */
    public static void require(IpcName name, long byteSize) throws ResourceLimitException {
        OptionalLong machine = machine();
        if (machine.isPresent() && byteSize > machine.getAsLong()) {
            throw new ResourceLimitException(
                    name,
                    byteSize
                            + " bytes are more than the "
                            + machine.getAsLong()
                            + " bytes of memory that are available (MemAvailable in /proc/meminfo);"
                            + " ask for less");
        }
        OptionalLong group = group();
        if (group.isPresent() && byteSize > group.getAsLong()) {
            throw new ResourceLimitException(
                    name,
                    byteSize
                            + " bytes are more than the "
                            + group.getAsLong()
                            + " bytes that are left of the control group's limit (memory.max); ask"
                            + " for less, or raise the container's limit");
        }
    }

    /**
     * Refuses a size as {@link #require} does, if a directory is on a file system that is memory.
     *
     * @param name the object's name, for the message
     * @param directory where its file is
     * @param byteSize the size in bytes
     * @throws ResourceLimitException if {@code byteSize} is too large
     */
    public static void requireIn(IpcName name, Path directory, long byteSize)
            throws ResourceLimitException {
        if (isMemory(directory)) {
            require(name, byteSize);
        }
    }

    private static boolean isMemory(Path directory) {
        if (directory.startsWith(SHM)) {
            return true;
        }
        try {
            return MEMORY_FILE_SYSTEMS.contains(Files.getFileStore(directory).type());
        } catch (IOException e) {
            return false; // a container whose mounts cannot be seen
        }
    }

    private static OptionalLong machine() {
        return lines(MEMINFO).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    private static OptionalLong group() {
        OptionalLong v2 = left(CGROUP.resolve("memory.max"), CGROUP.resolve("memory.current"));
        return v2.isPresent()
                ? v2
                : left(
                        CGROUP.resolve("memory/memory.limit_in_bytes"),
                        CGROUP.resolve("memory/memory.usage_in_bytes"));
    }

    private static OptionalLong left(Path limit, Path usage) {
        OptionalLong max = number(limit);
        OptionalLong used = number(usage);
        return max.isPresent() && used.isPresent()
                ? OptionalLong.of(Math.max(0, max.getAsLong() - used.getAsLong()))
                : OptionalLong.empty();
    }

    private static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.size() == 1
                        && lines.getFirst().matches("\\d{1,18}") // "max" stands for no limit
                ? OptionalLong.of(Long.parseLong(lines.getFirst()))
                : OptionalLong.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // not told is not limited
        }
    }
}
