// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Creates, opens and removes objects that are composed of shared memory and a lock file.
 *
 * <p>The lock file is there before the memory and goes after it. So whoever has opened the memory
 * and does not find the lock file knows that the object has been removed meanwhile, and who dies in
 * between leaves nothing but a lock file, which the next creator of that name deletes.
 *
 * @param parts the memory of such objects
 * @param form what is in it
 * @param <L> the layout's type
 */
public record Composites<L>(Composed parts, Form<L> form) {
    /**
     * What is in the memory of one kind of object.
     *
     * @param <L> the layout's type
     */
    public interface Form<L> {
        /** Makes sure that the memory is an object of this kind, and tells its layout. */
        L require(IpcName name, MemorySegment memory) throws IncompatibleException;

        /** Tells whose memory this is, once it is known to be of this kind. */
        Incarnation incarnation(MemorySegment memory);

        /** Tells where the participants are, once the memory is known to be of this kind. */
        ParticipantTable participants(MemorySegment memory);
    }

    /** Fills the zeroed memory of a new object. */
    @FunctionalInterface
    public interface Initializer {
        /** Fills it; the founder takes part already. */
        void fill(MemorySegment memory, Participant founder) throws IpcException;
    }

    /** Tells whether there is what such objects are composed of. */
    public Availability availability() {
        Availability memory = parts.availability();
        return memory.isAvailable() ? Place.here().availability() : memory;
    }

    /** Tells what the parts give to what is composed of them; the set may be changed. */
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = parts.capabilities();
        if (!Place.here().isCommon()) { // the lock file is there
            capabilities.remove(Capability.SHARED_ACCESS);
        }
        return capabilities;
    }

    /** Creates an object. */
    public Composite<L> create(
            IpcName name, Access access, L layout, long byteSize, Initializer initializer)
            throws IpcException {
        Place.here().requireSupported(access);
        return FileWork.call(
                "create",
                name,
                () -> createUndisturbed(name, access, layout, byteSize, initializer));
    }

    private Composite<L> createUndisturbed(
            IpcName name, Access access, L layout, long byteSize, Initializer initializer)
            throws IpcException {
        Participant founder =
                Participant.found(
                        name,
                        parts.memoryName(name),
                        access,
                        incarnation -> isCurrent(name, incarnation));
        try {
            SharedMemoryOptions memory =
                    SharedMemoryOptions.ofSize(byteSize)
                            .withAccess(access)
                            .initializedBy(segment -> fill(segment, founder, initializer));
            return composite(parts.create(name, memory), layout, founder);
        } catch (Throwable e) {
            founder.leaveAndForget();
            throw e;
        }
    }

    private static void fill(MemorySegment segment, Participant founder, Initializer initializer) {
        try {
            initializer.fill(segment, founder);
        } catch (IpcException e) {
            throw new UncheckedIOException(e); // zeroed memory is not damaged
        }
    }

    /** Opens an object. */
    public Composite<L> open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return FileWork.call("open", name, () -> openUndisturbed(name, access));
    }

    private Composite<L> openUndisturbed(IpcName name, Access access) throws IpcException {
        SharedMemory memory = parts.open(name, access);
        try {
            L layout = form.require(name, memory.segment());
            Incarnation incarnation = form.incarnation(memory.segment());
            Participant self =
                    Participant.join(name, incarnation, form.participants(memory.segment()), access)
                            .orElseThrow(() -> lockFileMissing(name, incarnation));
            return composite(memory, layout, self);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    /**
     * Opens the memory of an object once more, for what must outlast the first handle of it.
     *
     * @return the memory, or empty if the object's name is gone, so that nobody else can come
     */
    public Optional<SharedMemory> again(IpcName name, Composite<L> object, Access access)
            throws IpcException {
        SharedMemory memory;
        try {
            memory = parts.open(name, access);
        } catch (NameNotFoundException removed) {
            return Optional.empty();
        }
        try {
            form.require(name, memory.segment());
            if (form.incarnation(memory.segment()).equals(object.self().incarnation())) {
                return Optional.of(memory);
            }
        } catch (IncompatibleException e) {
            // it is another object by now, of another kind
        }
        memory.close();
        return Optional.empty();
    }

    private IpcException lockFileMissing(IpcName name, Incarnation incarnation) {
        return outlivesCreator() && isCurrent(name, incarnation)
                ? new IncompatibleException(
                        name,
                        "somebody has deleted its lock file; remove the object and create it anew")
                : new NameNotFoundException(name, "it has just been removed");
    }

    private Composite<L> composite(SharedMemory memory, L layout, Participant self) {
        // Memory that goes with its last user has nobody who removes it, and its lock file.
        Runnable leave = outlivesCreator() ? self::leave : self::leaveAndForget;
        return new Composite<>(memory, layout, self, leave);
    }

    private boolean outlivesCreator() {
        return parts.capabilities().contains(Capability.OUTLIVES_CREATOR);
    }

    /** Returns the native key of an object, whether it is there or not. */
    public String nativeKey(IpcName name) {
        return parts.nativeKey(name);
    }

    /** Looks for an object. */
    public Optional<String> find(IpcName name) {
        return parts.find(name);
    }

    /** Deletes the name of an object. */
    public boolean remove(IpcName name) throws IpcException {
        return FileWork.call("remove", name, () -> removeUndisturbed(name));
    }

    private boolean removeUndisturbed(IpcName name) throws IpcException {
        Optional<Incarnation> incarnation;
        try {
            incarnation = Optional.of(current(name));
        } catch (IpcException e) {
            incarnation = Optional.empty(); // none; or damaged, which can be removed all the same
        }
        boolean removed = parts.remove(name);
        if (removed && incarnation.isPresent()) {
            Participant.forget(name, incarnation.get());
        }
        Participant.sweep(name, parts.memoryName(name), other -> isCurrent(name, other));
        return removed;
    }

    private boolean isCurrent(IpcName name, Incarnation incarnation) {
        try {
            return current(name).equals(incarnation);
        } catch (NameNotFoundException | IncompatibleException e) {
            return false;
        } catch (IpcException e) {
            return true; // it cannot be looked at, so nothing of it is deleted
        }
    }

    /** Looks which incarnation has the name now. */
    private Incarnation current(IpcName name) throws IpcException {
        try (SharedMemory memory = parts.open(name, Access.EVERYBODY)) {
            form.require(name, memory.segment());
            return form.incarnation(memory.segment());
        }
    }
}
