// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.stream.ReceivedHandle;

import java.lang.foreign.MemorySegment;

/**
 * A named block of memory that several processes map.
 *
 * <p>Its space is reserved when it is created, so a full memory file system is a {@link
 * org.ipc4j.ResourceLimitException} then and no fault later. A new object is all zeros, or what
 * {@link SharedMemoryOptions#initializedBy} made of it, from the moment that others can open it.
 * The object has no header: all of it is the caller's.
 *
 * <pre>{@code
 * try (SharedMemory memory = SharedMemory.createOrOpen(IpcName.of("prices"), 4096)) {
 *     memory.segment().set(ValueLayout.JAVA_LONG, 0, 42);
 * }
 * }</pre>
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">lifetime</th><th scope="col">limits</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code shm_open(3)}</td><td>{@code /name}</td><td>until removed or
 *     restart</td><td>the size of {@code /dev/shm}; the available memory, also that of the container</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>{@code CreateFileMappingW}</td><td>{@code Local\shm.name}</td>
 *     <td>until the last handle is closed; {@link #remove} does nothing</td><td>the memory and the paging files; opened
 *     memory is in whole pages</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>a mapped file; on Linux the one that {@code shm_open(3)} gives</td>
 *     <td>{@code /name} on Linux, a path elsewhere</td><td>until removed; elsewhere than on Linux it outlives a restart
 *     where the temporary directory does</td><td>as above</td></tr>
 * </tbody>
 * </table>
 *
 * <p>{@link #anonymous} memory has no name. It is a {@code memfd_create(2)} whose size is sealed,
 * of the provider {@code posix}; the others have none. On Windows a local socket is a named pipe,
 * which carries no handles; memory under a random name does the same there, and goes with its last
 * handle.
 *
 * <p>A crash of any process leaves the memory as it is. If somebody shrinks the object under a
 * mapping, an access beyond its new end is the JDK's {@link InternalError}; passing such a segment
 * to native code ends the process, so never shrink.
 */
public interface SharedMemory extends NamedObject, AutoCloseable {
    /**
     * Creates zeroed memory for the current user.
     *
     * @param name its name
     * @param byteSize its size in bytes, at least 1
     * @return the memory, readable and writable
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    static SharedMemory create(IpcName name, long byteSize) throws IpcException {
        return create(name, SharedMemoryOptions.ofSize(byteSize));
    }

    /**
     * Creates memory.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the memory, readable and writable
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     */
    static SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        return OneName.of(SharedMemoryProvider.class, name)
                .create(provider -> provider.create(name, options));
    }

    /**
     * Opens memory of the current user for reading and writing.
     *
     * @param name its name
     * @return the memory
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's, or may not be written
     * @throws IpcException if the system refuses
     */
    static SharedMemory open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens memory for reading and writing.
     *
     * @param name its name
     * @param access whose memory is accepted
     * @return the memory
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted, or may not be written
     * @throws IpcException if the system refuses
     */
    static SharedMemory open(IpcName name, Access access) throws IpcException {
        return OneName.of(SharedMemoryProvider.class, name)
                .open(provider -> provider.open(name, access));
    }

    /**
     * Opens memory of the current user for reading.
     *
     * @param name its name
     * @return the memory; its segment is read-only
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's, or may not be read
     * @throws IpcException if the system refuses
     */
    static SharedMemory openReadOnly(IpcName name) throws IpcException {
        return openReadOnly(name, Access.OWNER);
    }

    /**
     * Opens memory for reading.
     *
     * @param name its name
     * @param access whose memory is accepted
     * @return the memory; its segment is read-only
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted, or may not be read
     * @throws IpcException if the system refuses
     */
    static SharedMemory openReadOnly(IpcName name, Access access) throws IpcException {
        return OneName.of(SharedMemoryProvider.class, name)
                .open(provider -> provider.openReadOnly(name, access));
    }

    /**
     * Opens memory of the current user, or creates it.
     *
     * @param name its name
     * @param byteSize its size in bytes, at least 1
     * @return the memory, readable and writable
     * @throws IncompatibleException if the memory that is there is smaller
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    static SharedMemory createOrOpen(IpcName name, long byteSize) throws IpcException {
        return createOrOpen(name, SharedMemoryOptions.ofSize(byteSize));
    }

    /**
     * Opens memory, or creates it.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose memory is
     *     accepted
     * @return the memory, readable and writable; at least of the size asked for
     * @throws IncompatibleException if the memory that is there is smaller
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     */
    static SharedMemory createOrOpen(IpcName name, SharedMemoryOptions options)
            throws IpcException {
        SharedMemory memory =
                OneName.of(SharedMemoryProvider.class, name)
                        .createOrOpen(
                                provider -> provider.open(name, options.access()),
                                provider -> provider.create(name, options));
        if (memory.byteSize() < options.byteSize()) {
            long present = memory.byteSize();
            memory.close();
            throw new IncompatibleException(
                    name,
                    "the memory that is there has "
                            + present
                            + " bytes, fewer than "
                            + options.byteSize());
        }
        return memory;
    }

    /**
     * Deletes a name. Who has the memory open keeps it.
     *
     * @param name the name
     * @return {@code false} if there was no such name, or it cannot be deleted (without {@link
     *     org.ipc4j.spi.Capability#REMOVABLE_NAME})
     * @throws IpcException if the system refuses
     */
    static boolean remove(IpcName name) throws IpcException {
        return OneName.of(SharedMemoryProvider.class, name).remove();
    }

    /**
     * Creates zeroed memory without a name, which all can write whom it is passed to.
     *
     * @param byteSize its size in bytes, at least 1
     * @return the memory, readable and writable
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     * @throws UnsupportedOperationException without {@link
     *     org.ipc4j.spi.Capability#ANONYMOUS_MEMORY}
     */
    static AnonymousMemory anonymous(long byteSize) throws IpcException {
        return anonymous(AnonymousMemoryOptions.ofSize(byteSize));
    }

    /**
     * Creates memory without a name, to be passed to other processes over a local socket. Nobody
     * can change its size any more, so that it is safe to share it with somebody whom one does not
     * trust; {@link AnonymousMemoryOptions#writableBy} tells who can change its content.
     *
     * @param options what it shall be like
     * @return the memory; its segment is read-only if {@link MemoryWriters#NOBODY} can write it
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link
     *     org.ipc4j.spi.Capability#ANONYMOUS_MEMORY}
     */
    static AnonymousMemory anonymous(AnonymousMemoryOptions options) throws IpcException {
        return Ipc.provider(SharedMemoryProvider.class).anonymous(options);
    }

    /**
     * Opens memory without a name that another process has passed. It is refused unless the system
     * keeps everybody from making it smaller: an access to what is not there any more would be a
     * fault.
     *
     * @param received what was received; closed with the memory
     * @return the memory; its segment is read-only unless the receiver can write it
     * @throws IncompatibleException if it is no memory, or its size is not sealed; then it can
     *     still be adopted
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if it was adopted or closed already
     * @throws IllegalArgumentException if it was not received over a local socket of a provider
     */
    static AnonymousMemory adopt(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return Ipc.provider(SharedMemoryProvider.class, handle.provider()).adopt(handle);
    }

    /**
     * Opens memory without a name that another process has passed, also if its size is not sealed.
     * That is for peers who are trusted to leave it as large as it is.
     *
     * @param received what was received; closed with the memory
     * @return the memory; its segment is read-only unless the receiver can write it
     * @throws IncompatibleException if it is no memory; then it can still be adopted
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if it was adopted or closed already
     * @throws IllegalArgumentException if it was not received over a local socket of a provider
     */
    static AnonymousMemory adoptUnsealed(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return Ipc.provider(SharedMemoryProvider.class, handle.provider()).adoptUnsealed(handle);
    }

    /**
     * Returns the memory. Any thread may access it until this object is closed; then an access is
     * an {@link IllegalStateException}.
     *
     * @return the same segment for every call, {@link #byteSize()} bytes long
     */
    MemorySegment segment();

    /**
     * Returns the size in bytes: what the creator asked for; after an open, without {@link
     * org.ipc4j.spi.Capability#EXACT_SIZE}, that rounded up to whole pages.
     *
     * @return the size in bytes
     */
    long byteSize();

    /**
     * Unmaps the memory. The name and the content stay, without {@link
     * org.ipc4j.spi.Capability#OUTLIVES_CREATOR} as long as somebody has it open. Does nothing when
     * called again.
     */
    @Override
    void close();
}
