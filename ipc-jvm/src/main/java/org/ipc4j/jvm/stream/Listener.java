// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.jvm.sys.LockFile;
import org.ipc4j.jvm.sys.Permissions;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.FileOwner;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A socket that listens under a name, and the lock that proves that its owner lives. Every method
 * is {@link org.ipc4j.jvm.sys.FileWork}.
 *
 * <p>Only who has the lock touches the socket's name. A socket without a lock is what a dead reader
 * has left behind.
 *
 * @param channel the socket, not blocking
 * @param lock locked until the end
 */
record Listener(SocketPlace place, ServerSocketChannel channel, LockFile lock) {
    private static final int ATTEMPTS = 100;

    /**
     * Takes the name, also from a dead owner.
     *
     * @param backlog how many may wait to be accepted
     */
    static Listener open(IpcName name, SocketPlace place, Access access, int backlog)
            throws IOException {
        SocketPlace.requireShort(name, place.socket());
        SocketPlace.requireShort(name, place.unfinished());
        place.prepare(name);
        LockFile lock = lock(name, place);
        try {
            removeStale(name, place);
            return new Listener(place, bind(place, name, access, backlog), lock);
        } catch (Throwable e) {
            try (lock) {
                lock.delete();
            }
            throw e;
        }
    }

    /** Locks the lock file; as often as it is deleted under us by who gives it up. */
    private static LockFile lock(IpcName name, SocketPlace place) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                Optional<LockFile> opened = createOrOpen(name, place);
                if (opened.isEmpty() || !opened.get().tryLock(0, Long.MAX_VALUE)) {
                    opened.ifPresent(Listener::close);
                    break;
                }
                if (opened.get().isInPlace()) {
                    return opened.get();
                }
                opened.get().close();
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                Thread.onSpinWait(); // it has come or gone between two looks
            }
        }
        throw place.taken(name);
    }

    private static Optional<LockFile> createOrOpen(IpcName name, SocketPlace place)
            throws IOException {
        if (!Files.exists(place.lock(), NOFOLLOW_LINKS)) {
            return Optional.of(LockFile.create(place.lock(), Access.OWNER));
        }
        FileOwner.require(name, place.lock(), Access.OWNER, NOFOLLOW_LINKS);
        return LockFile.open(place.lock());
    }

    private static void close(LockFile lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new AssertionError("a file that was only opened", e);
        }
    }

    private static void removeStale(IpcName name, SocketPlace place) throws IOException {
        if (place.requireSocketOrNothing(name)) {
            FileOwner.require(name, place.socket(), Access.OWNER, NOFOLLOW_LINKS);
            if (isAlive(place)) {
                throw place.taken(name);
            }
            Files.delete(place.socket());
        }
    }

    /** A program that knows nothing of our locks may be listening. */
    private static boolean isAlive(SocketPlace place) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(place.socket()));
            return true; // connected, or too many wait already
        } catch (ConnectException e) {
            return false;
        } catch (SocketException e) {
            return Files.exists(place.socket(), NOFOLLOW_LINKS); // it is of another type
        }
    }

    /**
     * Makes the socket where nobody else can reach it, and gives it its name when it listens and
     * has its permissions.
     */
    private static ServerSocketChannel bind(
            SocketPlace place, IpcName name, Access access, int backlog) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Place.preparePrivate(name, place.workshop());
            Files.deleteIfExists(place.unfinished());
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(place.unfinished()), backlog);
            Permissions.set(place.unfinished(), access);
            Files.createLink(place.socket(), place.unfinished());
            return channel;
        } catch (Throwable e) {
            channel.close();
            throw e;
        } finally {
            clean(place);
        }
    }

    /**
     * Deletes the name and everything else that a dead owner has left behind. A living owner keeps
     * its socket and its lock, without their names.
     *
     * @return {@code false} if there was no such name
     */
    static boolean remove(IpcName name, SocketPlace place) throws IOException {
        if (!place.isTaken() && !Files.exists(place.lock(), NOFOLLOW_LINKS)) {
            return false;
        }
        try (LockFile lock = lock(name, place)) {
            boolean removed = place.isTaken() && Files.deleteIfExists(place.socket());
            clean(place);
            lock.delete();
            return removed;
        } catch (NameExistsException living) {
            boolean removed = place.isTaken() && Files.deleteIfExists(place.socket());
            if (removed) {
                Files.deleteIfExists(place.lock());
            }
            return removed;
        }
    }

    private static void clean(SocketPlace place) throws IOException {
        Files.deleteIfExists(place.unfinished());
        Files.deleteIfExists(place.workshop());
    }

    /** Gives up the name, unless it was removed and somebody else has it now. */
    void close() throws IOException {
        try (lock;
                channel) {
            if (lock.isInPlace()) {
                Files.deleteIfExists(place.socket());
                lock.delete();
            }
        }
    }
}
