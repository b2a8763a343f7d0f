// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.gen.statx;
import org.ipc4j.posix.sys.gen.statx_timestamp;
import org.ipc4j.spi.FileOwner;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What is behind an open descriptor, whatever has become of the name meanwhile.
 *
 * <p>A single {@code statx} tells all of it. Where the C library has none, the JDK looks, which
 * takes several times as long and needs {@code /proc}.
 *
 * @param size its size in bytes
 * @param mode its type and permissions
 * @param owner the user whose it is
 * @param group the group whose it is
 * @param modified when its content changed last
 * @param device on which device it is
 * @param inode which file it is there
 */
public record OpenFile(
        long size, int mode, int owner, int group, FileTime modified, long device, long inode) {
    private static final boolean HAS_STATX = Native.find("statx").isPresent();

    /**
     * Looks behind a descriptor.
     *
     * @param fd the descriptor
     * @param name the object's name, for messages
     * @return what is there
     * @throws IpcException if it cannot be looked at
     */
    public static OpenFile of(int fd, IpcName name) throws IpcException {
        if (HAS_STATX) {
            PosixErrors.check(StatCalls.statx(fd), "statx", name, name.value());
            return of(Scratch.get().statx());
        }
        try {
            return of(path(fd));
        } catch (IOException e) {
            throw hidden(name, e);
        }
    }

    /**
     * Tells the size of what is behind a descriptor, and nothing else about it.
     *
     * @param fd the descriptor
     * @param name the object's name, for messages
     * @return the size in bytes
     * @throws IpcException if it cannot be looked at
     */
    public static long size(int fd, IpcName name) throws IpcException {
        if (HAS_STATX) {
            PosixErrors.check(StatCalls.statx(fd), "statx", name, name.value());
            return statx.stx_size(Scratch.get().statx());
        }
        return of(fd, name).size();
    }

    /**
     * Tells whether a path leads to this file now, without following a symbolic link.
     *
     * @param path the path
     * @return {@code false} also if nothing is there
     */
    public boolean isAt(Path path) {
        try {
            OpenFile found = at(path);
            return found.device == device && found.inode == inode;
        } catch (IOException absent) {
            return false;
        }
    }

    /**
     * Tells whether it is a FIFO.
     *
     * @return {@code true} if it is
     */
    public boolean isFifo() {
        return (mode & Abi.S_IFMT) == Abi.S_IFIFO;
    }

    /**
     * Tells whether it is a socket.
     *
     * @return {@code true} if it is
     */
    public boolean isSocket() {
        return (mode & Abi.S_IFMT) == Abi.S_IFSOCK;
    }

    /**
     * Tells whether it is a directory.
     *
     * @return {@code true} if it is
     */
    public boolean isDirectory() {
        return (mode & Abi.S_IFMT) == Abi.S_IFDIR;
    }

    /**
     * Tells what its permissions are.
     *
     * @return a C {@code mode_t} without the type
     */
    public int permissions() {
        return mode & ~Abi.S_IFMT;
    }

    /**
     * Tells whether it is a regular file.
     *
     * @return {@code true} if it is
     */
    public boolean isRegular() {
        return (mode & Abi.S_IFMT) == Abi.S_IFREG;
    }

    /**
     * Refuses a file of a user whose objects the caller does not accept.
     *
     * @param fd the file's descriptor
     * @param name the object's name, for messages
     * @param access whose objects the caller accepts
     * @throws IpcException if the owner is not accepted
     */
    public static void requireOwner(int fd, IpcName name, Access access) throws IpcException {
        if (access != Access.EVERYBODY) {
            of(fd, name).requireOwner(name, access);
        }
    }

    /**
     * Refuses a file of a user whose objects the caller does not accept.
     *
     * @param name the object's name, for messages
     * @param access whose objects the caller accepts
     * @throws IpcException if the owner is not accepted
     */
    public void requireOwner(IpcName name, Access access) throws IpcException {
        try {
            FileOwner.require(name, owner, group, access, UnistdCalls.geteuid());
        } catch (IpcException refused) {
            throw refused;
        } catch (IOException e) {
            throw hidden(name, e);
        }
    }

    /**
     * Returns a path to what is behind a descriptor.
     *
     * @param fd the descriptor
     * @return a link of the system's own
     */
    public static Path path(int fd) {
        return Path.of("/proc/self/fd/" + fd);
    }

    /**
     * Tells what the system calls what is behind a descriptor.
     *
     * @param fd the descriptor
     * @return a path, or for example {@code pipe:[4711]}
     * @throws IOException if {@code /proc} is not mounted
     */
    public static String target(int fd) throws IOException {
        return Files.readSymbolicLink(path(fd)).toString();
    }

    private static OpenFile at(Path path) throws IOException {
        if (HAS_STATX) {
            String key = path.toString();
            PosixErrors.check(StatCalls.statx(key), "statx", IpcName.ofNative(key), key);
            return of(Scratch.get().statx());
        }
        return of(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static OpenFile of(MemorySegment facts) {
        MemorySegment modified = statx.stx_mtime(facts);
        return new OpenFile(
                statx.stx_size(facts),
                Short.toUnsignedInt(statx.stx_mode(facts)),
                statx.stx_uid(facts),
                statx.stx_gid(facts),
                FileTime.from(
                        Instant.ofEpochSecond(
                                statx_timestamp.tv_sec(modified),
                                statx_timestamp.tv_nsec(modified))),
                (long) statx.stx_dev_major(facts) << Integer.SIZE | statx.stx_dev_minor(facts),
                statx.stx_ino(facts));
    }

    private static OpenFile of(Path path, LinkOption... links) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(
                        path, "unix:size,mode,uid,gid,lastModifiedTime,dev,ino", links);
        return new OpenFile(
                (long) facts.get("size"),
                (int) facts.get("mode"),
                (int) facts.get("uid"),
                (int) facts.get("gid"),
                (FileTime) facts.get("lastModifiedTime"),
                (long) facts.get("dev"),
                (long) facts.get("ino"));
    }

    private static IpcException hidden(IpcName name, IOException e) {
        IpcException exception =
                new IpcException(
                        name, "cannot be looked at through /proc, which must be mounted: " + e);
        exception.initCause(e);
        return exception;
    }
}
