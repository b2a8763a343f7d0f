// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

/** What some providers of a mechanism do and others do not. */
public enum Capability {
    /**
     * Two processes meet at one object. (A provider without it serves the threads of one process.)
     */
    CROSS_PROCESS,
    /**
     * The object stays after every process has closed it, until it is removed or the system
     * restarts.
     */
    OUTLIVES_CREATOR,
    /** {@code remove} deletes the name while the object is in use; who has it open keeps it. */
    REMOVABLE_NAME,
    /**
     * A program in another language opens the same object by its native key, with the system's own
     * calls.
     */
    FOREIGN_PEERS,
    /**
     * A waiting platform thread is woken by the kernel. (Without it, a waiter looks again after
     * bounded pauses.)
     */
    KERNEL_WAIT,
    /** {@link org.ipc4j.Access#GROUP} and {@link org.ipc4j.Access#EVERYBODY} can be asked for. */
    SHARED_ACCESS,
    /**
     * The object appears complete, with its size and first content; nobody ever sees it half-built.
     */
    ATOMIC_APPEARANCE,
    /**
     * Memory that is opened has exactly the size that it was created with. (Without it, that is
     * rounded up to whole pages, which are zero beyond.)
     */
    EXACT_SIZE,
    /** {@link org.ipc4j.sync.NamedSemaphore#availablePermits()} can be asked. */
    PERMIT_COUNT,
    /**
     * A write of at most {@link org.ipc4j.stream.PipeWriter#atomicWriteSize()} bytes is never split
     * or mixed.
     */
    ATOMIC_WRITES,
    /**
     * A pipe that another program made, with {@code mkfifo(1)} for example, can be opened for
     * reading.
     */
    EXISTING_PIPE,
    /** {@link org.ipc4j.file.SharedFileLock#holder} can be asked. */
    LOCK_HOLDER,
    /**
     * Every signal can be sent to every process of this user. (Without it, other processes are sent
     * {@code TERM} and {@code KILL} only.)
     */
    SIGNAL_CHOICE,
    /**
     * Signals carry values, and tell their sender, where every thread of the receiver has them
     * blocked.
     */
    SIGNAL_VALUES,
    /**
     * Signals that are not blocked can be subscribed to, by the JDK's own dispatcher. (Without it,
     * the module {@code jdk.unsupported} is missing here.)
     */
    DISPATCHED_SIGNALS,
    /**
     * Memory, open files, sockets and ends of pipes can be {@linkplain org.ipc4j.stream.Passable
     * passed} to another process.
     */
    HANDLE_PASSING,
    /** {@link org.ipc4j.stream.LocalSocketType#SEQPACKET} can be asked for. */
    MESSAGE_SOCKETS,
    /** There are {@link org.ipc4j.stream.LocalDatagramSocket}s. */
    DATAGRAMS,
    /** A local socket's address may be the path of a file that its user chooses. */
    SOCKET_FILES,
    /** {@link org.ipc4j.stream.LocalAddress.Kind#ABSTRACT} can be asked for. */
    ABSTRACT_NAMES,
    /** {@link org.ipc4j.stream.LocalSocket#shutdownOutput} ends one way of a connection. */
    HALF_CLOSE,
    /** {@link org.ipc4j.stream.PeerCredentials#processId} is told. */
    PEER_PROCESS,
    /** {@link org.ipc4j.stream.PeerCredentials} tell user and group by their numbers. */
    PEER_IDENTITY,
    /**
     * {@link org.ipc4j.memory.SharedMemory#anonymous(long)} can be asked, and what it gave in
     * another process can be adopted.
     */
    ANONYMOUS_MEMORY
}
