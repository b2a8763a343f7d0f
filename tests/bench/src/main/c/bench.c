// SPDX-License-Identifier: Apache-2.0

/*
 * What ipc4j is measured against: the same loops in C.
 *
 *   bench loop NAME MILLIS         runs a loop for that long and prints nanoseconds per operation
 *   bench probe                    prints the nanoseconds that a cache line takes to go to another processor and back
 *   bench ping NAME block|spin     for each number on standard input, makes that many round trips to a second process
 *                                  and writes the nanoseconds of each, big-endian, 8 bytes, to standard output
 *   bench half 0|1 COMMAND...      becomes a command that has one half of the processors, as each process of "ping"
 *
 * "block" waits in the kernel as a plain C program does; "spin" first looks for 20 us, as ipc4j does.
 */

#define _GNU_SOURCE
#include "common.h"
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MESSAGE 64
#define CAPACITY 10
#define LONGS 4096
#define SPIN 20000

static char name[64];

/* Objects without a name: it is deleted as soon as both ends are open, so a killed run leaves nothing. */

static sem_t *new_semaphore(void) {
    sem_t *semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
    check(semaphore != SEM_FAILED, "sem_open");
    sem_unlink(name);
    return semaphore;
}

static mqd_t new_queue(int flags) {
    struct mq_attr attributes = {.mq_maxmsg = CAPACITY, .mq_msgsize = MESSAGE};
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | flags, 0600, &attributes);
    check(queue != (mqd_t) -1, "mq_open");
    mq_unlink(name);
    return queue;
}

static void new_fifo(int flags, int ends[2]) {
    char path[80];
    snprintf(path, sizeof path, "/tmp%s", name);
    check(mkfifo(path, 0600) == 0, "mkfifo");
    ends[0] = open(path, O_RDONLY | O_NONBLOCK);
    ends[1] = open(path, O_WRONLY | O_NONBLOCK);
    unlink(path);
    check(ends[0] >= 0 && ends[1] >= 0, "open");
    fcntl(ends[0], F_SETFL, flags);
    fcntl(ends[1], F_SETFL, flags);
}

static void new_pair(int flags, int ends[2]) {
    check(socketpair(AF_UNIX, SOCK_STREAM | (flags ? SOCK_NONBLOCK : 0), 0, ends) == 0, "socketpair");
}

static int64_t *new_memory(void) {
    int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    check(fd >= 0, "shm_open");
    shm_unlink(name);
    check(posix_fallocate(fd, 0, LONGS * sizeof(int64_t)) == 0, "posix_fallocate");
    void *memory = mmap(NULL, LONGS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    check(memory != MAP_FAILED, "mmap");
    close(fd);
    return memory;
}

static int64_t *new_file(void) {
    char path[] = "/tmp/ipc4j-bench-XXXXXX";
    int fd = mkstemp(path);
    check(fd >= 0, "mkstemp");
    unlink(path);
    check(posix_fallocate(fd, 0, LONGS * sizeof(int64_t)) == 0, "posix_fallocate");
    void *file = mmap(NULL, LONGS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    check(file != MAP_FAILED, "mmap");
    close(fd);
    return file;
}

/* One thread. Each loop makes `count` operations. */

static sem_t *semaphore;
static mqd_t queue;
static int fifo[2];
static int64_t *memory;
static char message[MESSAGE];

static void semaphore_acquire(long count) {
    while (count-- > 0) {
        check(sem_post(semaphore) == 0, "sem_post");
        check(sem_wait(semaphore) == 0, "sem_wait");
    }
}

static void semaphore_try_acquire(long count) {
    while (count-- > 0) {
        check(sem_post(semaphore) == 0, "sem_post");
        check(sem_trywait(semaphore) == 0, "sem_trywait");
    }
}

static void queue_send_receive(long count) {
    unsigned priority;
    while (count-- > 0) {
        check(mq_send(queue, message, MESSAGE, 0) == 0, "mq_send");
        check(mq_receive(queue, message, MESSAGE, &priority) == MESSAGE, "mq_receive");
    }
}

static void pipe_write_read(long count) {
    while (count-- > 0) {
        check(write(fifo[1], message, MESSAGE) == MESSAGE, "write");
        check(read(fifo[0], message, MESSAGE) == MESSAGE, "read");
    }
}

static void socket_write_read(long count) {
    while (count-- > 0) {
        check(send(fifo[1], message, MESSAGE, MSG_NOSIGNAL) == MESSAGE, "send");
        check(recv(fifo[0], message, MESSAGE, 0) == MESSAGE, "recv");
    }
}

static void memory_read(long count) {
    while (count-- > 0) {
        int64_t sum = 0;
        for (int i = 0; i < LONGS; i++) {
            sum += memory[i];
        }
        __asm__ volatile("" : : "r"(sum) : "memory");
    }
}

static void memory_write(long count) {
    while (count-- > 0) {
        for (int i = 0; i < LONGS; i++) {
            memory[i] = count + i;
        }
        __asm__ volatile("" : : : "memory");
    }
}

/* A file in the directory that is given in TMPDIR. */

#define CONTENT (64 * 1024)

static char folder[200];
static int locked;
static char content[CONTENT];

static void new_folder(void) {
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/ipc4j-bench-XXXXXX", parent == NULL ? "/tmp" : parent);
    check(mkdtemp(folder) != NULL && chdir(folder) == 0, "mkdtemp");
}

static void remove_folder(void) {
    unlink("lock");
    unlink("file");
    rmdir(folder);
}

static void lock_unlock(long count) {
    struct flock lock = {.l_whence = SEEK_SET};
    while (count-- > 0) {
        lock.l_type = F_WRLCK;
        check(fcntl(locked, F_OFD_SETLK, &lock) == 0, "fcntl");
        lock.l_type = F_UNLCK;
        check(fcntl(locked, F_OFD_SETLK, &lock) == 0, "fcntl");
    }
}

/* Temporary file, fsync, rename, fsync of the directory; and what is published is read. */
static void publish_read(long count) {
    while (count-- > 0) {
        int new = open("new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        check(new >= 0 && write(new, content, CONTENT) == CONTENT, "write");
        check(fsync(new) == 0 && rename("new", "file") == 0, "rename");
        close(new);
        int directory = open(".", O_RDONLY | O_CLOEXEC);
        check(fsync(directory) == 0, "fsync");
        close(directory);
        int file = open("file", O_RDONLY | O_CLOEXEC);
        check(file >= 0 && read(file, content, CONTENT) == CONTENT, "read");
        close(file);
    }
}

/* A signal with a value from a process to itself, by descriptors: of the process, and of what waits for it. */

static int self;
static int signals;

static void new_signal(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN + 1);
    check(sigprocmask(SIG_BLOCK, &set, NULL) == 0, "sigprocmask");
    signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    self = (int) syscall(SYS_pidfd_open, getpid(), 0);
    check(signals >= 0 && self >= 0, "pidfd_open");
}

static void signal_send_read(long count) {
    siginfo_t sent = {.si_signo = SIGRTMIN + 1, .si_code = SI_QUEUE};
    struct signalfd_siginfo received;
    sent.si_pid = getpid();
    sent.si_uid = getuid();
    while (count-- > 0) {
        sent.si_value.sival_int = (int) count;
        check(syscall(SYS_pidfd_send_signal, self, SIGRTMIN + 1, &sent, 0) == 0, "pidfd_send_signal");
        check(read(signals, &received, sizeof received) == sizeof received, "read");
        check(received.ssi_int == (int) count, "the value");
    }
}

static void loop(const char *what, long millis) {
    void (*operations)(long);
    if (!strcmp(what, "semaphore-acquire") || !strcmp(what, "semaphore-try-acquire")) {
        semaphore = new_semaphore();
        operations = strcmp(what, "semaphore-acquire") ? semaphore_try_acquire : semaphore_acquire;
    } else if (!strcmp(what, "queue")) {
        queue = new_queue(O_NONBLOCK);
        operations = queue_send_receive;
    } else if (!strcmp(what, "pipe")) {
        new_fifo(O_NONBLOCK, fifo);
        operations = pipe_write_read;
    } else if (!strcmp(what, "socket")) {
        new_pair(O_NONBLOCK, fifo);
        operations = socket_write_read;
    } else if (!strcmp(what, "memory-read") || !strcmp(what, "memory-write")) {
        memory = new_memory();
        operations = strcmp(what, "memory-read") ? memory_write : memory_read;
    } else if (!strcmp(what, "lock")) {
        new_folder();
        locked = open("lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        operations = lock_unlock;
    } else if (!strcmp(what, "signal")) {
        new_signal();
        operations = signal_send_read;
    } else if (!strcmp(what, "exchange")) {
        new_folder();
        operations = publish_read;
    } else if (!strcmp(what, "file-read") || !strcmp(what, "file-write")) {
        memory = new_file();
        operations = strcmp(what, "file-read") ? memory_write : memory_read;
    } else {
        fprintf(stderr, "no such loop: %s\n", what);
        exit(2);
    }
    const long batch = operations == publish_read ? 1 : 1000;
    int64_t warm = nanos() + millis * 100000;
    do {
        operations(batch);
    } while (nanos() < warm);
    long done = 0;
    int64_t start = nanos();
    int64_t elapsed;
    do {
        operations(batch);
        done += batch;
        elapsed = nanos() - start;
    } while (elapsed < millis * 1000000);
    if (folder[0] != '\0') {
        remove_folder();
    }
    printf("%.3f\n", (double) elapsed / done);
}

/* A cache line between two threads. */

#define PROBE_TRIPS 100000

static _Alignas(128) atomic_int there;
static _Alignas(128) atomic_int back;

static void *echo(void *unused) {
    for (int i = 1; i <= PROBE_TRIPS; i++) {
        while (atomic_load_explicit(&there, memory_order_acquire) != i) {
        }
        atomic_store_explicit(&back, i, memory_order_release);
    }
    return unused;
}

static void probe(void) {
    pthread_t thread;
    check(pthread_create(&thread, NULL, echo, NULL) == 0, "pthread_create");
    int64_t start = 0;
    for (int i = 1; i <= PROBE_TRIPS; i++) {
        if (i == PROBE_TRIPS / 10) {
            start = nanos();
        }
        atomic_store_explicit(&there, i, memory_order_release);
        while (atomic_load_explicit(&back, memory_order_acquire) != i) {
        }
    }
    printf("%.1f\n", (double) (nanos() - start) / (PROBE_TRIPS - PROBE_TRIPS / 10));
    pthread_join(thread, NULL);
}

/*
 * Two processes. Each has one half of the processors: on the same one, a process that looks before it waits keeps the
 * other from running. Two processors for each, since a process on just one does not look.
 */

static cpu_set_t halves[2];

static void divide_processors(void) {
    cpu_set_t all;
    check(sched_getaffinity(0, sizeof all, &all) == 0, "sched_getaffinity");
    int count = CPU_COUNT(&all);
    for (int processor = 0, seen = 0; processor < CPU_SETSIZE; processor++) {
        if (CPU_ISSET(processor, &all)) {
            int half = 2 * seen++ / count;
            CPU_SET(processor, &halves[half]);
            if (count < 4) {
                CPU_SET(processor, &halves[1 - half]);
            }
        }
    }
}

static void take_half(int half) {
    check(sched_setaffinity(0, sizeof halves[half], &halves[half]) == 0, "sched_setaffinity");
}

enum kind { SEMAPHORE, QUEUE, PIPE, SOCKET };

struct line {
    enum kind kind;
    int spin;
    sem_t *semaphore;
    mqd_t queue;
    int fifo[2];
};

static struct line new_line(enum kind kind, int spin) {
    struct line line = {.kind = kind, .spin = spin};
    switch (kind) {
    case SEMAPHORE: line.semaphore = new_semaphore(); break;
    case QUEUE: line.queue = new_queue(spin ? O_NONBLOCK : 0); break;
    case PIPE: new_fifo(spin ? O_NONBLOCK : 0, line.fifo); break;
    case SOCKET: new_pair(spin ? O_NONBLOCK : 0, line.fifo); break;
    }
    return line;
}

static void send_on(struct line *line) {
    switch (line->kind) {
    case SEMAPHORE: check(sem_post(line->semaphore) == 0, "sem_post"); break;
    case QUEUE: check(mq_send(line->queue, message, MESSAGE, 0) == 0, "mq_send"); break;
    case PIPE: check(write(line->fifo[1], message, MESSAGE) == MESSAGE, "write"); break;
    case SOCKET: check(send(line->fifo[1], message, MESSAGE, MSG_NOSIGNAL) == MESSAGE, "send"); break;
    }
}

static int received(struct line *line, int wait) {
    unsigned priority;
    switch (line->kind) {
    case SEMAPHORE: return (wait ? sem_wait(line->semaphore) : sem_trywait(line->semaphore)) == 0;
    case QUEUE: return mq_receive(line->queue, message, MESSAGE, &priority) == MESSAGE;
    case PIPE: return read(line->fifo[0], message, MESSAGE) == MESSAGE;
    case SOCKET: return recv(line->fifo[0], message, MESSAGE, 0) == MESSAGE;
    }
    return 0;
}

static void receive_on(struct line *line) {
    if (!line->spin) {
        check(received(line, 1), "receive");
        return;
    }
    if (received(line, 0)) {
        return;
    }
    int64_t start = nanos();
    do {
        relax();
        if (received(line, 0)) {
            return;
        }
    } while (nanos() - start < SPIN);
    do {
        if (line->kind != SEMAPHORE) {
            struct pollfd one = {.fd = line->kind == QUEUE ? line->queue : line->fifo[0], .events = POLLIN};
            check(poll(&one, 1, -1) >= 0, "poll");
        }
    } while (!received(line, 1));
}

static void ping(enum kind kind, int spin) {
    struct line forth = new_line(kind, spin);
    struct line home = new_line(kind, spin);
    divide_processors();
    pid_t parent = getpid();
    pid_t child = fork();
    check(child >= 0, "fork");
    take_half(child == 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (getppid() == parent) {
            receive_on(&forth);
            send_on(&home);
        }
        exit(0);
    }
    long count;
    while (scanf("%ld", &count) == 1) {
        for (long i = 0; i < count; i++) {
            int64_t start = nanos();
            send_on(&forth);
            receive_on(&home);
            uint64_t taken = htobe64((uint64_t) (nanos() - start));
            fwrite(&taken, sizeof taken, 1, stdout);
        }
        fflush(stdout);
    }
    kill(child, SIGKILL);
}

int main(int argc, char **argv) {
    snprintf(name, sizeof name, "/ipc4j-bench-%d", (int) getpid());
    if (argc == 4 && !strcmp(argv[1], "loop")) {
        loop(argv[2], atol(argv[3]));
    } else if (argc == 2 && !strcmp(argv[1], "probe")) {
        probe();
    } else if (argc == 4 && !strcmp(argv[1], "ping")) {
        enum kind kind = !strcmp(argv[2], "semaphore") ? SEMAPHORE
                         : !strcmp(argv[2], "queue")   ? QUEUE
                         : !strcmp(argv[2], "socket")  ? SOCKET
                                                       : PIPE;
        ping(kind, !strcmp(argv[3], "spin"));
    } else if (argc > 3 && !strcmp(argv[1], "half")) {
        divide_processors();
        take_half(atoi(argv[2]) != 0);
        execvp(argv[3], argv + 3);
        check(0, argv[3]);
    } else {
        fprintf(stderr, "usage: bench loop NAME MILLIS | probe | ping semaphore|queue|pipe|socket block|spin"
                        " | half 0|1 COMMAND...\n");
        return 2;
    }
    return 0;
}
