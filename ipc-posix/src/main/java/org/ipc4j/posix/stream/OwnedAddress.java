// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.stream.LocalAddress;

import java.util.Optional;

/**
 * An address that a socket of ours is bound to, and the lock that proves that its owner lives.
 *
 * <p>A socket's file stays behind when its owner dies. Beside it lies a lock file, which its owner
 * has locked for as long as it lives, by a lock that the kernel drops. Only who has that lock
 * touches the socket's file. A server that knows nothing of this has no lock; so whether a file
 * that is found has a socket at all is asked of the kernel besides, which tells without disturbing
 * it.
 */
final class OwnedAddress {
    private final SocketPlace place;
    private final OpenFile socket;
    private final int lock;

    private OwnedAddress(SocketPlace place, OpenFile socket, int lock) {
        this.place = place;
        this.socket = socket;
        this.lock = lock;
    }

    /**
     * Binds a socket.
     *
     * @param fd the socket
     * @return how to give the address up, or empty if the kernel does that
     * @throws NameExistsException if a living socket has the address
     */
    static Optional<OwnedAddress> bind(LocalAddress address, int fd, Access access)
            throws IpcException {
        if (address.kind() == LocalAddress.Kind.ABSTRACT) {
            PosixErrors.check(
                    SocketCalls.bind(fd, abstractName(address)),
                    "bind",
                    address.name(),
                    address.name().value());
            return Optional.empty();
        }
        if (address.kind() == LocalAddress.Kind.NAME && access != Access.OWNER) {
            throw new UnsupportedOperationException(
                    "a socket with a portable name is in a directory that only its user can enter;"
                            + " for Access."
                            + access
                            + " give a path");
        }
        SocketPlace place = SocketPlace.prepare(address);
        try {
            int lock = lock(place);
            try {
                removeDead(place);
                OpenFile socket = bind(place, fd, access);
                return Optional.of(new OwnedAddress(place, socket, lock));
            } catch (IpcException | RuntimeException e) {
                UnistdCalls.unlink(place.lock().toString());
                UnistdCalls.close(lock);
                throw e;
            }
        } catch (IpcException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** An abstract name as the system takes it. */
    static String abstractName(LocalAddress address) {
        return "\0" + address.name().value().substring(1);
    }

    /** Locks the lock file; as often as it is deleted under us by who gives it up. */
    private static int lock(SocketPlace place) throws IpcException {
        while (true) {
            int fd = openLock(place, Abi.O_CREAT);
            if (tryLock(place, fd)) {
                if (OpenFile.of(fd, place.name()).isAt(place.lock())) {
                    return fd;
                }
                UnistdCalls.close(fd);
            } else {
                UnistdCalls.close(fd);
                throw taken(place);
            }
        }
    }

    private static int openLock(SocketPlace place, int create) throws IpcException {
        int fd =
                FcntlCalls.open(
                        place.lock().toString(),
                        create | Abi.O_RDWR | Abi.O_NOFOLLOW | Abi.O_CLOEXEC,
                        PosixNames.mode(Access.OWNER));
        requireMade(fd, "open", place, place.path() + ".lock");
        try {
            OpenFile found = OpenFile.of(fd, place.name());
            if (!found.isRegular()) {
                throw new IncompatibleException(
                        place.name(), place.path() + ".lock is not a regular file; remove it");
            }
            found.requireOwner(place.name(), Access.OWNER);
            return fd;
        } catch (IpcException e) {
            UnistdCalls.close(fd);
            throw e;
        }
    }

    /** Takes the lock that the JDK's file locks respect too. */
    private static boolean tryLock(SocketPlace place, int fd) throws IpcException {
        int result = FcntlCalls.fcntl_setlk(fd, Abi.F_WRLCK, 0, 0);
        if (result < 0 && Errno.of(result) != Errno.EAGAIN && Errno.of(result) != Errno.EACCES) {
            UnistdCalls.close(fd);
            throw PosixErrors.exception(result, "fcntl", place.name(), place.path() + ".lock");
        }
        return result == 0;
    }

    private static NameExistsException taken(SocketPlace place) {
        return new NameExistsException(
                place.name(), "a living socket has the address " + place.path());
    }

    /** Deletes the file of a dead socket, and refuses everything else. */
    private static void removeDead(SocketPlace place) throws IpcException {
        Optional<OpenFile> found = look(place, true);
        if (found.isEmpty()) {
            return;
        }
        if (!found.get().isSocket()) {
            throw new IncompatibleException(
                    place.name(), place.path() + " is not a socket; choose another name");
        }
        if (isAlive(place)) {
            throw taken(place);
        }
        unlink(place);
    }

    /** Looks what is there, through a descriptor that does not open it. */
    private static Optional<OpenFile> look(SocketPlace place, boolean own) throws IpcException {
        int fd =
                FcntlCalls.open(
                        place.file().toString(), Abi.O_PATH | Abi.O_NOFOLLOW | Abi.O_CLOEXEC, 0);
        if (Errno.of(fd) == Errno.ENOENT) {
            return Optional.empty();
        }
        PosixErrors.check(fd, "open", place.name(), place.path().toString());
        try {
            OpenFile found = OpenFile.of(fd, place.name());
            if (own) {
                found.requireOwner(place.name(), Access.OWNER);
            }
            return Optional.of(found);
        } finally {
            UnistdCalls.close(fd);
        }
    }

    /**
     * Asks the kernel whether a file has a socket: to connect a socket of another kind is refused
     * before the living one sees anything of it, and in another way than by a dead one.
     */
    private static boolean isAlive(SocketPlace place) throws IpcException {
        int probe =
                PosixErrors.check(
                        SocketCalls.socket(Abi.SOCK_DGRAM | Abi.SOCK_NONBLOCK | Abi.SOCK_CLOEXEC),
                        "socket",
                        place.name(),
                        place.path().toString());
        try {
            Errno answer = Errno.of(SocketCalls.connect(probe, place.address()));
            return answer != Errno.ECONNREFUSED && answer != Errno.ENOENT;
        } finally {
            UnistdCalls.close(probe);
        }
    }

    private static OpenFile bind(SocketPlace place, int fd, Access access) throws IpcException {
        int mode = PosixNames.mode(access);
        // Its file gets the socket's own mode less the umask: nobody else may connect before us.
        PosixErrors.check(
                StatCalls.fchmod(fd, mode), "fchmod", place.name(), place.path().toString());
        requireMade(SocketCalls.bind(fd, place.address()), "bind", place, place.path().toString());
        try {
            OpenFile socket =
                    look(place, false)
                            .orElseThrow(() ->
                                    new NameNotFoundException(
                                            place.name(), place.path() + " was removed at once"));
            if (socket.permissions() != mode) {
                PosixNames.setAccess(place.file(), place.name(), access);
            }
            return socket;
        } catch (IpcException e) {
            UnistdCalls.unlink(place.file().toString());
            throw e;
        }
    }

    /** Lets a good result through; says which file system is full. */
    private static void requireMade(int result, String call, SocketPlace place, String key)
            throws IpcException {
        if (Errno.of(result) == Errno.ENOSPC) {
            throw PosixErrors.exception(
                    result,
                    call,
                    place.name(),
                    key,
                    "there is no room for another file in the file system of this folder");
        }
        PosixErrors.check(result, call, place.name(), key);
    }

    private static boolean unlink(SocketPlace place) throws IpcException {
        return PosixErrors.removed(
                UnistdCalls.unlink(place.file().toString()),
                "unlink",
                place.name(),
                place.path().toString());
    }

    /**
     * Deletes an address that was left behind, or that somebody still has.
     *
     * @return {@code false} if there is no socket
     */
    static boolean remove(LocalAddress address) throws IpcException {
        try (SocketPlace place = SocketPlace.find(address)) {
            Optional<OpenFile> found = look(place, false);
            boolean socket = found.isPresent() && found.get().isSocket();
            if (found.isPresent() && !socket) {
                return false; // something else, which is not ours to delete
            }
            int lock = openLock(place, 0);
            try {
                tryLock(place, lock); // if it can be had: nobody else begins meanwhile
                boolean removed = socket && unlink(place);
                UnistdCalls.unlink(place.lock().toString());
                return removed;
            } finally {
                UnistdCalls.close(lock);
            }
        } catch (NameNotFoundException absent) {
            return removeUnlocked(address);
        }
    }

    /** Deletes a socket's file that has no lock file. */
    private static boolean removeUnlocked(LocalAddress address) throws IpcException {
        try (SocketPlace place = SocketPlace.find(address)) {
            Optional<OpenFile> found = look(place, false);
            return found.isPresent() && found.get().isSocket() && unlink(place);
        } catch (NameNotFoundException absent) {
            return false;
        }
    }

    /** Gives the address up, unless it was removed and somebody else has it now. */
    void release() {
        try {
            if (OpenFile.of(lock, place.name()).isAt(place.lock())) {
                if (socket.isAt(place.file())) {
                    UnistdCalls.unlink(place.file().toString());
                }
                UnistdCalls.unlink(place.lock().toString());
            }
        } catch (IpcException withoutProc) {
            // The next owner finds a dead socket, and removes it.
        } finally {
            UnistdCalls.close(lock);
            place.close();
        }
    }
}
