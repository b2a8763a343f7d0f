// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.posix.sys.gen.Linux;
import org.ipc4j.posix.sys.gen.LinuxAarch64;
import org.ipc4j.posix.sys.gen.LinuxX86_64;

import java.util.function.IntSupplier;

/**
 * The constants of the C headers, as this processor has them. Read once from what jextract made.
 */
public final class Abi {
    /** {@code fcntl.h}: open for reading. */
    public static final int O_RDONLY = Linux.O_RDONLY();

    /** {@code fcntl.h}: open for writing. */
    public static final int O_WRONLY = Linux.O_WRONLY();

    /** {@code fcntl.h}: open for both. */
    public static final int O_RDWR = Linux.O_RDWR();

    /** {@code fcntl.h}: create. */
    public static final int O_CREAT = Linux.O_CREAT();

    /** {@code fcntl.h}: fail if it is there. */
    public static final int O_EXCL = Linux.O_EXCL();

    /** {@code fcntl.h}: never block. */
    public static final int O_NONBLOCK = Linux.O_NONBLOCK();

    /** {@code fcntl.h}: not for programs that this one starts. */
    public static final int O_CLOEXEC = Linux.O_CLOEXEC();

    /** {@code fcntl.h}: fail on a symbolic link. */
    public static final int O_NOFOLLOW =
            perProcessor(LinuxX86_64::O_NOFOLLOW, LinuxAarch64::O_NOFOLLOW);

    /** {@code fcntl.h}: a file without a name. */
    public static final int O_TMPFILE =
            perProcessor(LinuxX86_64::O_TMPFILE, LinuxAarch64::O_TMPFILE);

    /** {@code fcntl.h}: paths are relative to the working directory. */
    public static final int AT_FDCWD = Linux.AT_FDCWD();

    /** {@code fcntl.h}: link what the link leads to. */
    public static final int AT_SYMLINK_FOLLOW = Linux.AT_SYMLINK_FOLLOW();

    /**
     * {@code fcntl.h}: what an open file may be used for: the bits of {@code O_RDONLY} and so on.
     */
    public static final int O_ACCMODE = O_RDONLY | O_WRONLY | O_RDWR;

    /** {@code fcntl.h}: tell how a file was opened. */
    static final int F_GETFL = Linux.F_GETFL();

    /** {@code fcntl.h}: change how a file was opened. */
    static final int F_SETFL = Linux.F_SETFL();

    /** {@code fcntl.h}: a symbolic link itself. */
    static final int AT_SYMLINK_NOFOLLOW = Linux.AT_SYMLINK_NOFOLLOW();

    /** {@code fcntl.h}: what a path leads to, or without one what is behind the descriptor. */
    static final int AT_EMPTY_PATH = Linux.AT_EMPTY_PATH();

    /** {@code sys/stat.h}: what {@code stat(2)} tells is asked for. */
    static final int STATX_BASIC_STATS = Linux.STATX_BASIC_STATS();

    /** {@code fcntl.h}: lock bytes for an open file. */
    static final int F_OFD_SETLK = Linux.F_OFD_SETLK();

    /** {@code fcntl.h}: look for a lock that is in the way. */
    static final int F_OFD_GETLK = Linux.F_OFD_GETLK();

    /** {@code fcntl.h}: a shared lock. */
    public static final short F_RDLCK = (short) Linux.F_RDLCK();

    /** {@code fcntl.h}: an exclusive lock. */
    public static final short F_WRLCK = (short) Linux.F_WRLCK();

    /** {@code fcntl.h}: no lock. */
    public static final short F_UNLCK = (short) Linux.F_UNLCK();

    /** {@code unistd.h}: counted from the start. */
    static final short SEEK_SET = (short) Linux.SEEK_SET();

    /** {@code sys/file.h}: an exclusive lock. */
    public static final int LOCK_EX = Linux.LOCK_EX();

    /** {@code sys/file.h}: do not wait for it. */
    public static final int LOCK_NB = Linux.LOCK_NB();

    /** {@code sys/mman.h}: pages can be read. */
    public static final int PROT_READ = Linux.PROT_READ();

    /** {@code sys/mman.h}: pages can be written. */
    public static final int PROT_WRITE = Linux.PROT_WRITE();

    /** {@code sys/mman.h}: writes are seen by all who map it. */
    public static final int MAP_SHARED = Linux.MAP_SHARED();

    /** {@code sys/mman.h}: writes are seen by nobody else. */
    public static final int MAP_PRIVATE = Linux.MAP_PRIVATE();

    /** {@code sys/mman.h}: wait until it is on the disk. */
    static final int MS_SYNC = Linux.MS_SYNC();

    /** {@code sys/mman.h}: not for programs that this one starts. */
    public static final int MFD_CLOEXEC = Linux.MFD_CLOEXEC();

    /** {@code sys/mman.h}: seals can be added. */
    public static final int MFD_ALLOW_SEALING = Linux.MFD_ALLOW_SEALING();

    /** {@code fcntl.h}: add seals. */
    static final int F_ADD_SEALS = Linux.F_ADD_SEALS();

    /** {@code fcntl.h}: tell the seals. */
    static final int F_GET_SEALS = Linux.F_GET_SEALS();

    /** {@code fcntl.h}: no seals can be added any more. */
    public static final int F_SEAL_SEAL = Linux.F_SEAL_SEAL();

    /** {@code fcntl.h}: it does not become smaller. */
    public static final int F_SEAL_SHRINK = Linux.F_SEAL_SHRINK();

    /** {@code fcntl.h}: it does not become larger. */
    public static final int F_SEAL_GROW = Linux.F_SEAL_GROW();

    /** {@code fcntl.h}: nobody writes it. */
    public static final int F_SEAL_WRITE = Linux.F_SEAL_WRITE();

    /** {@code fcntl.h}: only who has it mapped for writing already writes it. */
    public static final int F_SEAL_FUTURE_WRITE = Linux.F_SEAL_FUTURE_WRITE();

    /** {@code poll.h}: there is something to read. */
    public static final short POLLIN = (short) Linux.POLLIN();

    /** {@code poll.h}: there is room to write. */
    public static final short POLLOUT = (short) Linux.POLLOUT();

    /** {@code poll.h}: the other side is gone. */
    public static final short POLLHUP = (short) Linux.POLLHUP();

    /** {@code fcntl.h}: only a place in the file system, which is not opened. */
    public static final int O_PATH = Linux.O_PATH();

    /** {@code fcntl.h}: fail if it is no directory. */
    public static final int O_DIRECTORY =
            perProcessor(LinuxX86_64::O_DIRECTORY, LinuxAarch64::O_DIRECTORY);

    /** {@code sys/stat.h}: the type of a directory. */
    public static final int S_IFDIR = Linux.S_IFDIR();

    /** {@code sys/stat.h}: the type of a socket. */
    public static final int S_IFSOCK = Linux.S_IFSOCK();

    /** {@code sys/socket.h}: sockets of this machine. */
    public static final int AF_UNIX = Linux.AF_UNIX();

    /** {@code sys/socket.h}: a stream of bytes. */
    public static final int SOCK_STREAM = Linux.SOCK_STREAM();

    /** {@code sys/socket.h}: messages without a connection. */
    public static final int SOCK_DGRAM = Linux.SOCK_DGRAM();

    /** {@code sys/socket.h}: messages through a connection. */
    public static final int SOCK_SEQPACKET = Linux.SOCK_SEQPACKET();

    /** {@code sys/socket.h}: never block. */
    public static final int SOCK_NONBLOCK = Linux.SOCK_NONBLOCK();

    /** {@code sys/socket.h}: not for programs that this one starts. */
    public static final int SOCK_CLOEXEC = Linux.SOCK_CLOEXEC();

    /** {@code sys/socket.h}: options of any socket. */
    static final int SOL_SOCKET = Linux.SOL_SOCKET();

    /** {@code sys/socket.h}: what it is: {@code SOCK_STREAM} and so on. */
    public static final int SO_TYPE = Linux.SO_TYPE();

    /** {@code sys/socket.h}: its family. */
    public static final int SO_DOMAIN = Linux.SO_DOMAIN();

    /** {@code sys/socket.h}: whether it listens. */
    public static final int SO_ACCEPTCONN = Linux.SO_ACCEPTCONN();

    /** {@code sys/socket.h}: be told who has sent each message. */
    public static final int SO_PASSCRED = Linux.SO_PASSCRED();

    /** {@code sys/socket.h}: who is at the other end. */
    static final int SO_PEERCRED = Linux.SO_PEERCRED();

    /** {@code sys/socket.h}: the groups of who is at the other end. */
    static final int SO_PEERGROUPS = Linux.SO_PEERGROUPS();

    /** {@code sys/socket.h}: the room for what is sent. */
    public static final int SO_SNDBUF = Linux.SO_SNDBUF();

    /** {@code sys/socket.h}: descriptors come with a message. */
    static final int SCM_RIGHTS = Linux.SCM_RIGHTS();

    /** {@code sys/socket.h}: credentials come with a message. */
    static final int SCM_CREDENTIALS = Linux.SCM_CREDENTIALS();

    /** {@code sys/socket.h}: do not wait. */
    public static final int MSG_DONTWAIT = Linux.MSG_DONTWAIT();

    /** {@code sys/socket.h}: no signal if the other end is gone. */
    public static final int MSG_NOSIGNAL = Linux.MSG_NOSIGNAL();

    /** {@code sys/socket.h}: leave it for the next call. */
    public static final int MSG_PEEK = Linux.MSG_PEEK();

    /** {@code sys/socket.h}: tell how long it is; it was longer. */
    public static final int MSG_TRUNC = Linux.MSG_TRUNC();

    /** {@code sys/socket.h}: there was more than bytes, which had no room. */
    public static final int MSG_CTRUNC = Linux.MSG_CTRUNC();

    /** {@code sys/socket.h}: received descriptors are not for programs that this one starts. */
    public static final int MSG_CMSG_CLOEXEC = Linux.MSG_CMSG_CLOEXEC();

    /** {@code sys/socket.h}: end what this end writes. */
    public static final int SHUT_WR = Linux.SHUT_WR();

    /** {@code sys/un.h}: the room for a path, with the NUL at its end. */
    public static final int SIZEOF_SUN_PATH = Linux.SIZEOF_SUN_PATH();

    /** {@code sys/resource.h}: the number of descriptors. */
    public static final int RLIMIT_NOFILE = Linux.RLIMIT_NOFILE();

    /** {@code sys/resource.h}: the bytes in message queues. */
    public static final int RLIMIT_MSGQUEUE = Linux.RLIMIT_MSGQUEUE();

    /** {@code time.h}: the wall clock. */
    public static final int CLOCK_REALTIME = Linux.CLOCK_REALTIME();

    /** {@code time.h}: the clock that nobody sets. */
    public static final int CLOCK_MONOTONIC = Linux.CLOCK_MONOTONIC();

    /** {@code limits.h}: the most permits of a semaphore. */
    public static final int SEM_VALUE_MAX = Linux.SEM_VALUE_MAX();

    /** {@code linux/limits.h}: the bytes that a pipe takes in one piece. */
    public static final int PIPE_BUF = Linux.PIPE_BUF();

    /** {@code bits/local_lim.h}: how many priorities a message queue has. */
    public static final int MQ_PRIO_MAX = Linux.MQ_PRIO_MAX();

    /** {@code sys/stat.h}: the bits of a mode that tell the type. */
    public static final int S_IFMT = Linux.S_IFMT();

    /** {@code sys/stat.h}: the type of a FIFO. */
    public static final int S_IFIFO = Linux.S_IFIFO();

    /** {@code sys/stat.h}: the type of a regular file. */
    public static final int S_IFREG = Linux.S_IFREG();

    /** {@code sys/inotify.h}: not for programs that this one starts. */
    public static final int IN_CLOEXEC = Linux.IN_CLOEXEC();

    /** {@code sys/inotify.h}: never block. */
    public static final int IN_NONBLOCK = Linux.IN_NONBLOCK();

    /** {@code sys/inotify.h}: something was renamed into the directory. */
    public static final int IN_MOVED_TO = Linux.IN_MOVED_TO();

    /** {@code sys/inotify.h}: a file that was written was closed. */
    public static final int IN_CLOSE_WRITE = Linux.IN_CLOSE_WRITE();

    /** {@code sys/signalfd.h}: never block. */
    static final int SFD_NONBLOCK = Linux.SFD_NONBLOCK();

    /** {@code sys/signalfd.h}: not for programs that this one starts. */
    static final int SFD_CLOEXEC = Linux.SFD_CLOEXEC();

    /** {@code signal.h}: sent by {@code kill(2)}. */
    public static final int SI_USER = Linux.SI_USER();

    /** {@code signal.h}: sent with a value, by {@code sigqueue(3)}. */
    public static final int SI_QUEUE = Linux.SI_QUEUE();

    /** {@code sys/syscall.h}: the number of {@code pidfd_open(2)}. */
    static final int SYS_pidfd_open = Linux.SYS_pidfd_open();

    /** {@code sys/syscall.h}: the number of {@code pidfd_send_signal(2)}. */
    static final int SYS_pidfd_send_signal = Linux.SYS_pidfd_send_signal();

    /** {@code linux/futex.h}: sleep as long as a word has a value. */
    public static final int FUTEX_WAIT = Linux.FUTEX_WAIT();

    /** {@code linux/futex.h}: wake those who sleep at a word. */
    public static final int FUTEX_WAKE = Linux.FUTEX_WAKE();

    /** {@code linux/membarrier.h}: a fence for all who have registered. */
    public static final int MEMBARRIER_CMD_GLOBAL_EXPEDITED =
            Linux.MEMBARRIER_CMD_GLOBAL_EXPEDITED();

    /** {@code linux/membarrier.h}: register. */
    public static final int MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED =
            Linux.MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED();

    /** {@code sys/syscall.h}: the number of {@code futex(2)}. */
    static final int SYS_futex = perProcessor(LinuxX86_64::SYS_futex, LinuxAarch64::SYS_futex);

    /** {@code sys/syscall.h}: the number of {@code membarrier(2)}. */
    static final int SYS_membarrier =
            perProcessor(LinuxX86_64::SYS_membarrier, LinuxAarch64::SYS_membarrier);

    private Abi() {}

    private static int perProcessor(IntSupplier x86, IntSupplier aarch64) {
        return (System.getProperty("os.arch").equals("aarch64") ? aarch64 : x86).getAsInt();
    }
}
