// SPDX-License-Identifier: Apache-2.0

/*
 * The C side of "compare": a ring like that of an ipc4j channel with one sender, its records and its words; a futex; and
 * a look at how near two processors are to each other.
 *
 *   ring probe A B         prints the nanoseconds that a cache line takes from processor A to processor B and back
 *   ring KIND WAY LENGTH WRITERS INDEX PROCESSOR FOLDER
 *                          is one process of a case, as org.ipc4j.bench.compare.End, which says what it reads and writes
 */

#define _GNU_SOURCE
#include "common.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CAPACITY (512 * 1024)
#define TAIL 128
#define HEAD 256
#define HANDLED 384
#define WAKE 512
#define RECORDS 4096
#define PREFIX 8
#define GAP 1

/* As in End and Content. */
#define BULK 2048
#define BATCH_BYTES (32 * 1024)
#define MOST 256
#define SENDS 64
#define END 0x00ffffffffffffffLL
#define SAMPLES (1 << 22)

static void pin(int processor) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    check(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
}

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *) a;
    int64_t y = *(const int64_t *) b;
    return (x > y) - (x < y);
}

/* The probe. */

#define TRIPS 2000
#define PARTS 31

static _Alignas(128) atomic_int there;
static _Alignas(128) atomic_int back;

static void *echo(void *processor) {
    pin(*(int *) processor);
    for (int i = 1; i <= TRIPS * PARTS; i++) {
        while (atomic_load_explicit(&there, memory_order_acquire) != i) {
        }
        atomic_store_explicit(&back, i, memory_order_release);
    }
    return NULL;
}

/* The median of some parts: somebody else may have the processor meanwhile. */
static void probe(int one, int other) {
    int64_t taken[PARTS];
    pthread_t thread;
    pin(one);
    check(pthread_create(&thread, NULL, echo, &other) == 0, "pthread_create");
    for (int part = 0, i = 1; part < PARTS; part++) {
        int64_t start = nanos();
        for (int trip = 0; trip < TRIPS; trip++, i++) {
            atomic_store_explicit(&there, i, memory_order_release);
            while (atomic_load_explicit(&back, memory_order_acquire) != i) {
            }
        }
        taken[part] = nanos() - start;
    }
    pthread_join(thread, NULL);
    qsort(taken, PARTS, sizeof *taken, ascending);
    printf("%.1f\n", (double) taken[PARTS / 2] / TRIPS);
}

/* The ring. */

enum way { BATCHED, SINGLE, COPIED };

struct ring {
    char *memory;
    char *records;
    int64_t next;
    int64_t seen;
};

static enum way way;
static int length;
static char *block; /* of this process alone, as long as a message */

static _Atomic int64_t *word(struct ring *ring, int offset) {
    return (_Atomic int64_t *) (ring->memory + offset);
}

static struct ring open_ring(const char *folder, const char *name, int create) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDWR | (create ? O_CREAT | O_EXCL : 0), 0600);
    check(fd >= 0, path);
    if (create) {
        check((errno = posix_fallocate(fd, 0, RECORDS + CAPACITY)) == 0, "posix_fallocate");
    }
    void *memory = mmap(NULL, RECORDS + CAPACITY, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
    check(memory != MAP_FAILED, "mmap");
    close(fd);
    return (struct ring) {.memory = memory, .records = (char *) memory + RECORDS};
}

/* A message is its number, again and again; a large one is copied and has it at both ends. */

static inline void fill_longs(char *message, int bytes, int64_t value) {
    for (int i = 0; i < bytes; i += 8) {
        memcpy(message + i, &value, 8);
    }
}

static inline void fill(char *message, int64_t value) {
    switch (length) {
    case 8: fill_longs(message, 8, value); break;
    case 64: fill_longs(message, 64, value); break;
    default:
        if (length < BULK) {
            fill_longs(message, length, value);
        } else {
            memcpy(message, block, length);
            memcpy(message, &value, 8);
            memcpy(message + length - 8, &value, 8);
        }
    }
}

static inline int64_t number_of_longs(const char *message, int bytes) {
    int64_t first;
    int64_t wrong = 0;
    memcpy(&first, message, 8);
    for (int i = 8; i < bytes; i += 8) {
        int64_t other;
        memcpy(&other, message + i, 8);
        wrong |= other ^ first;
    }
    check(wrong == 0, "a message is torn");
    return first;
}

static inline int64_t number_of(const char *message, int size) {
    errno = 0;
    check(size == length, "a message has another length");
    switch (length) {
    case 8: return number_of_longs(message, 8);
    case 64: return number_of_longs(message, 64);
    default:
        if (length < BULK) {
            return number_of_longs(message, length);
        }
        memcpy(block, message, length);
        int64_t first;
        int64_t last;
        memcpy(&first, block, 8);
        memcpy(&last, block + length - 8, 8);
        check(first == last, "a message is torn");
        return first;
    }
}

/* Sends value, value + 1 and so on, as many as there is room for, and returns how many. */
static inline int send_to(struct ring *ring, int64_t value, int count) {
    int sent = 0;
    int64_t size = (length + PREFIX + 7) & -8;
    while (sent < count) {
        int64_t at = ring->next & (CAPACITY - 1);
        int64_t needed = size <= CAPACITY - at ? size : CAPACITY - at + size;
        if (ring->next + needed - ring->seen > CAPACITY) {
            ring->seen = atomic_load_explicit(word(ring, HEAD), memory_order_acquire);
            if (ring->next + needed - ring->seen > CAPACITY) {
                break;
            }
        }
        if (needed != size) {
            int64_t prefix = (int64_t) GAP << 32 | (CAPACITY - at - PREFIX);
            memcpy(ring->records + at, &prefix, 8);
            ring->next += CAPACITY - at;
            at = 0;
        }
        int64_t prefix = length;
        memcpy(ring->records + at, &prefix, 8);
        if (way == COPIED && length < BULK) {
            fill(block, value + sent);
            memcpy(ring->records + at + PREFIX, block, length);
        } else {
            fill(ring->records + at + PREFIX, value + sent);
        }
        ring->next += size;
        sent++;
        if (way != BATCHED) {
            atomic_store_explicit(word(ring, TAIL), ring->next, memory_order_release);
        }
    }
    if (way == BATCHED) {
        atomic_store_explicit(word(ring, TAIL), ring->next, memory_order_release);
    }
    return sent;
}

/* What was received. */

static int64_t expected;
static int64_t received;
static int ended;

static inline void account(int64_t value) {
    if (value != expected) {
        ended = value == END;
        errno = 0;
        check(ended, "a message is lost or comes twice");
    } else {
        expected = value + 1;
        received++;
    }
}

/* Receives what is there and returns how many, as RingReceiver does. */
static inline int receive_from(struct ring *ring, int limit, void (*handle)(int64_t)) {
    int count = 0;
    if (ring->next == ring->seen) {
        ring->seen = atomic_load_explicit(word(ring, TAIL), memory_order_acquire);
        if (ring->next == ring->seen) {
            return 0;
        }
    }
    while (count < limit && ring->next < ring->seen) {
        int64_t at = ring->next & (CAPACITY - 1);
        int32_t prefix[2];
        memcpy(prefix, ring->records + at, 8);
        if (prefix[1] != GAP) {
            char *message = ring->records + at + PREFIX;
            if (way == COPIED && length < BULK) {
                message = memcpy(block, message, prefix[0]);
            }
            handle(number_of(message, prefix[0]));
            count++;
        }
        ring->next += ((int64_t) prefix[0] + PREFIX + 7) & -8;
        atomic_store_explicit(word(ring, HANDLED), ring->next, memory_order_release);
    }
    atomic_store_explicit(word(ring, HEAD), ring->next, memory_order_release);
    return count;
}

/* The cases. Each function is a round of one process. */

static struct ring out;
static struct ring in;
static int64_t next;
static int64_t samples[SAMPLES];
static int sampled;

static void sample(int64_t taken) {
    if (sampled < SAMPLES) {
        samples[sampled++] = taken;
    }
}

static void print_samples(void) {
    qsort(samples, sampled, sizeof *samples, ascending);
    printf("done %d %ld %ld %ld %ld\n", sampled, samples[sampled / 2], samples[(int64_t) sampled * 99 / 100],
           samples[(int64_t) sampled * 999 / 1000], samples[sampled - 1]);
}

static void send_one(int64_t value) {
    while (send_to(&out, value, 1) == 0) {
        relax();
    }
}

static void flow_write(int64_t millis) {
    int64_t first = next;
    int64_t deadline = nanos() + millis * 1000000;
    int batch = BATCH_BYTES / length < 1 ? 1 : BATCH_BYTES / length > MOST ? MOST : BATCH_BYTES / length;
    do {
        for (int i = 0; i < SENDS; i++) {
            int sent = send_to(&out, next, batch);
            next += sent;
            if (sent == 0) {
                relax();
            }
        }
    } while (nanos() < deadline);
    send_one(END);
    printf("done %ld\n", next - first);
}

static void flow_read(int64_t millis) {
    (void) millis;
    ended = 0;
    received = 0;
    while (receive_from(&in, MOST, account) == 0) {
        relax();
    }
    int64_t start = nanos();
    while (!ended) {
        if (receive_from(&in, MOST, account) == 0) {
            relax();
        }
    }
    printf("done %ld %ld\n", received, nanos() - start);
}

static void ping(int64_t millis) {
    sampled = 0;
    ended = 0;
    int64_t start = nanos();
    int64_t deadline = start + millis * 1000000;
    while (start < deadline) {
        send_one(next++);
        while (receive_from(&in, MOST, account) == 0) {
            relax();
        }
        int64_t end = nanos();
        sample(end - start);
        start = end;
    }
    send_one(END);
    while (!ended) {
        receive_from(&in, MOST, account);
    }
    print_samples();
}

static void pong(int64_t millis) {
    (void) millis;
    ended = 0;
    received = 0;
    while (!ended) {
        if (receive_from(&in, MOST, account) != 0) {
            send_one(ended ? END : expected - 1);
        } else {
            relax();
        }
    }
    printf("done %ld\n", received);
}

/* Messages at fixed times. Each has its time, so that a late sender counts as slow; "period" apart, so none is lost. */

static int64_t period;
static int blocks;

static int futex(void *address, int operation, int value) {
    return (int) syscall(SYS_futex, address, operation, value, NULL, NULL, 0);
}

static void account_time(int64_t value) {
    if (value == END) {
        ended = 1;
        return;
    }
    errno = 0;
    check(expected == 0 || value == expected, "a message is lost or comes twice");
    sample(nanos() - value);
    expected = value + period;
}

static void pace(int64_t millis) {
    int64_t count = millis * 1000000 / period;
    int64_t time = nanos() + period;
    for (int64_t i = 0; i <= count; i++, time += period) {
        while (nanos() < time) {
            relax();
        }
        send_one(i == count ? END : time);
        if (blocks) {
            atomic_fetch_add((atomic_int *) word(&out, WAKE), 1);
            futex(word(&out, WAKE), FUTEX_WAKE, INT_MAX);
        }
    }
    printf("done %ld\n", count);
}

static void listen_to_pace(int64_t millis) {
    (void) millis;
    sampled = 0;
    ended = 0;
    expected = 0;
    while (!ended) {
        int seen = blocks ? atomic_load((atomic_int *) word(&in, WAKE)) : 0;
        if (receive_from(&in, MOST, account_time) == 0) {
            if (blocks) {
                futex(word(&in, WAKE), FUTEX_WAIT, seen);
            } else {
                relax();
            }
        }
    }
    print_samples();
}

static int usage(void) {
    fprintf(stderr, "usage: ring probe A B | KIND WAY LENGTH WRITERS INDEX PROCESSOR FOLDER\n");
    return 2;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "probe")) {
        probe(atoi(argv[2]), atoi(argv[3]));
        return 0;
    }
    if (argc != 8) {
        return usage();
    }
    const char *kind = argv[1];
    const char *folder = argv[7];
    int sends = atoi(argv[5]) != 0;
    way = !strcmp(argv[2], "BATCHED") ? BATCHED : !strcmp(argv[2], "SINGLE") ? SINGLE : COPIED;
    length = atoi(argv[3]);
    block = calloc(1, length);
    pin(atoi(argv[6]));
    void (*round)(int64_t);
    if (!strcmp(kind, "ROUND_TRIP")) {
        round = sends ? ping : pong;
        (sends ? &out : &in)[0] = open_ring(folder, "forth", !sends);
        (sends ? &in : &out)[0] = open_ring(folder, "home", !sends);
    } else {
        (sends ? &out : &in)[0] = open_ring(folder, "forth", !sends);
        blocks = !strcmp(kind, "BLOCKED");
        if (!strcmp(kind, "FLOW")) {
            round = sends ? flow_write : flow_read;
        } else {
            period = blocks ? 250000 : 10000;
            round = sends ? pace : listen_to_pace;
        }
    }
    printf("ready\n");
    fflush(stdout);
    long millis;
    while (scanf("%ld", &millis) == 1) {
        round(millis);
        fflush(stdout);
    }
    return 0;
}
