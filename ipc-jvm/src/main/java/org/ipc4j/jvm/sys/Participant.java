// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.spi.FileOwner;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * This process as one of those that take part in an object.
 *
 * <p>As long as it takes part it has one byte of the object's lock file locked. The kernel releases
 * the lock when the process dies, however it dies, and that is what others take as proof: not a
 * time-out, and not a process id, which means nothing in another container. All handles of one
 * object in this JVM are one participant, since its locks belong to the process; among themselves
 * they {@linkplain #tryEnter take turns}.
 */
public final class Participant {
    private static final Map<Path, Participant> HERE = new HashMap<>();
    private static final VarHandle BUSY;

    /**
     * A participant's word has the index + 1 in this many lower bits and the epoch in those above.
     */
    private static final int INDEX_BITS = 16;

    /** While a sweeper looks at a lock file, all of its bytes are locked. It has that long. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    static {
        try {
            BUSY = MethodHandles.lookup().findVarHandle(Participant.class, "busy", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Incarnation incarnation;
    private final LockFile file;
    private final int index;
    private final long epoch;

    /** Guarded by {@link #HERE}. */
    private int handles = 1;

    private boolean busy;

    private Participant(Incarnation incarnation, LockFile file, int index, long epoch) {
        this.incarnation = incarnation;
        this.file = file;
        this.index = index;
        this.epoch = epoch;
    }

    /**
     * Makes this process the first participant of an object in the making, before anybody can find
     * its memory.
     *
     * @param name the object's name, for messages
     * @param memory its memory's name
     * @param isCurrent whether the memory of that name belongs to an incarnation; asked for what
     *     dead founders left behind
     */
    public static Participant found(
            IpcName name, IpcName memory, Access access, Predicate<Incarnation> isCurrent)
            throws IpcException {
        long family = Incarnation.family(memory);
        synchronized (HERE) {
            return FileWork.call(
                    "lock",
                    name,
                    () -> {
                        Place.here().prepare(name);
                        sweep(family, isCurrent);
                        LockFile file =
                                LockFile.createLocked(
                                        () ->
                                                new Incarnation(
                                                                family,
                                                                Long.parseUnsignedLong(
                                                                        Names.random(), 16))
                                                        .lockFile(),
                                        access,
                                        0,
                                        1);
                        Participant founder =
                                new Participant(Incarnation.of(file.path()), file, 0, 1);
                        HERE.put(file.path(), founder);
                        return founder;
                    });
        }
    }

    /**
     * Makes this process a participant of an object that is there.
     *
     * @param name the object's name, for messages
     * @return the participant, or empty if the object is removed
     */
    public static Optional<Participant> join(
            IpcName name, Incarnation incarnation, ParticipantTable table, Access access)
            throws IpcException {
        Path path = incarnation.lockFile();
        synchronized (HERE) {
            Participant here = HERE.get(path);
            if (here != null) {
                here.handles++;
                return Optional.of(here);
            }
            try {
                FileWork.call(() -> {
                    FileOwner.require(name, path, access, NOFOLLOW_LINKS);
                    return null;
                });
                Optional<Participant> joined = FileWork.call(() -> lock(name, incarnation, table));
                joined.ifPresent(participant -> HERE.put(path, participant));
                return joined;
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw FileErrors.exception(e, "lock", name);
            }
        }
    }

    private static Optional<Participant> lock(
            IpcName name, Incarnation incarnation, ParticipantTable table) throws IOException {
        LockFile file = LockFile.open(incarnation.lockFile()).orElseThrow();
        try {
            int index = lockAny(name, file);
            long epoch = table.advance(index); // at once: the byte may have been a dead one's
            if (file.isInPlace()) {
                return Optional.of(new Participant(incarnation, file, index, epoch));
            }
        } catch (Throwable e) {
            file.close();
            throw e;
        }
        file.close();
        return Optional.empty();
    }

    private static int lockAny(IpcName name, LockFile file) throws IOException {
        long start = System.nanoTime();
        do {
            for (int i = 0; i < ParticipantTable.LENGTH; i++) {
                if (file.tryLock(i, 1)) {
                    return i;
                }
            }
            LockSupport.parkNanos(PAUSE);
        } while (System.nanoTime() - start < PATIENCE);
        throw new ResourceLimitException(
                name,
                "at most " + ParticipantTable.LENGTH + " processes can have it open at a time");
    }

    /**
     * Deletes the lock file of an object that is being removed, after its memory; participants keep
     * it.
     */
    public static void forget(IpcName name, Incarnation incarnation) throws IpcException {
        FileWork.call("remove", name, () -> Deletion.delete(incarnation.lockFile()));
    }

    /** Deletes what dead founders have left behind, as {@link #found} does. */
    public static void sweep(IpcName name, IpcName memory, Predicate<Incarnation> isCurrent)
            throws IpcException {
        synchronized (HERE) {
            FileWork.call(
                    "sweep",
                    name,
                    () -> {
                        sweep(Incarnation.family(memory), isCurrent);
                        return null;
                    });
        }
    }

    private static void sweep(long family, Predicate<Incarnation> isCurrent) throws IOException {
        LockFile.sweep(
                Place.here().directory(),
                fileName -> Incarnation.isOfFamily(family, fileName),
                path -> !isCurrent.test(Incarnation.of(path)));
    }

    /** Gives up one handle. The last one ends the participation. */
    public void leave() {
        end(false);
    }

    /** Gives up one handle, and the object as well if no other process takes part in it. */
    public void leaveAndForget() {
        end(true);
    }

    private void end(boolean forget) {
        synchronized (HERE) {
            if (--handles > 0) {
                return;
            }
            HERE.remove(file.path());
            try {
                FileWork.call(() -> {
                    file.close();
                    if (forget) {
                        LockFile.sweep(file.path(), path -> true);
                    }
                    return null;
                });
            } catch (IOException e) {
                return; // the lock goes with the process
            }
        }
    }

    /** The object that this process takes part in. */
    public Incarnation incarnation() {
        return incarnation;
    }

    int index() {
        return index;
    }

    long epoch() {
        return epoch;
    }

    /** What names this participation, and nobody else's ever; positive. */
    public long word() {
        return epoch << INDEX_BITS | index + 1;
    }

    /**
     * Tells whether it is proven that the participant of a word is dead or has left. A word that
     * nobody can have is dead.
     *
     * @param word another participant's
     */
    public boolean isDead(IpcName name, long word, ParticipantTable table) throws IpcException {
        int other = (int) (word & (1 << INDEX_BITS) - 1) - 1;
        return other < 0
                || other >= ParticipantTable.LENGTH
                || table.epoch(other) != word >>> INDEX_BITS
                || other != index && FileWork.call("lock", name, () -> file.isUnlocked(other));
    }

    /** Takes the turn among this JVM's threads, if nobody has it. */
    boolean tryEnter() {
        return BUSY.compareAndSet(this, false, true);
    }

    /** Gives the turn back. */
    void exit() {
        BUSY.setRelease(this, false);
    }
}
