// SPDX-License-Identifier: Apache-2.0

/*
 * The C side of "compare": see ring.h and stream.h; and a look at how near two processors are to each other.
 *
 *   peers probe A B        prints the nanoseconds that a cache line takes from processor A to processor B and back
 *   peers ring|ring-by-longs|line|memcpy|pipe|socket KIND WAY LENGTH PARTIES BLOCK|SPIN INDEX PROCESSOR FOLDER
 *                          is one process of a case, as org.ipc4j.bench.compare.End, which says what it reads and writes
 */

#define _GNU_SOURCE
#include "ring.h"
#include "stream.h"
#include <pthread.h>
#include <sched.h>

/* As in FlowWork, Inlet and SoloWork. */
#define BATCH_BYTES (32 * 1024)
#define MOST 256
#define SENT_BYTES (1024 * 1024)
#define MESSAGES 1000

#define SAMPLES (1 << 24) /* of one round: near each other, two processors make five million trips in half a second */

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

#define TRIPS 500
#define PARTS 15

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

/* The ends of whatever peer this is. */

enum peer { RING, LINE, COPY, PIPE, SOCKET };

struct end {
    struct ring ring;
    struct stream stream;
};

static enum peer peer;
static const char *folder;
static struct end out;
static struct end in;

static struct end open_end(const char *name, int create) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    switch (peer) {
    case PIPE: return (struct end) {.stream = open_pipe(path, create)};
    case SOCKET: return (struct end) {.stream = open_socket(path, create)};
    default: return (struct end) {.ring = open_ring(path, create)};
    }
}

static inline int send_some(int64_t value, int count) {
    switch (peer) {
    case RING: return ring_send(&out.ring, value, count);
    case LINE: return line_send(&out.ring, value);
    case COPY: return copy_send(&out.ring, value);
    default: return stream_send(&out.stream, value, count);
    }
}

static inline int receive_some(void (*handle)(int64_t)) {
    switch (peer) {
    case RING: return ring_receive(&in.ring, MOST, handle);
    case LINE: return line_receive(&in.ring, handle);
    case COPY: return copy_receive(&in.ring, handle);
    default: return stream_receive(&in.stream, handle);
    }
}

static inline void send_one(int64_t value) {
    while (send_some(value, 1) == 0) {
        relax();
    }
}

static inline void wait_for_some(void (*handle)(int64_t)) {
    while (receive_some(handle) == 0) {
        relax();
    }
}

/* The times. */

static int64_t samples[SAMPLES];
static int sampled;

static void sample(int64_t taken) {
    if (sampled < SAMPLES) {
        samples[sampled++] = taken;
    }
}

/* At the percentiles of Score. */
static void print_samples(void) {
    static const double PERCENTILES[] = {50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};
    qsort(samples, sampled, sizeof *samples, ascending);
    printf("done %d", sampled);
    for (size_t i = 0; i < sizeof PERCENTILES / sizeof *PERCENTILES; i++) {
        printf(" %ld", samples[(int64_t) (sampled * PERCENTILES[i] / 100)]);
    }
    printf("\n");
}

/* The cases. Each function is a round of one process. */

static int64_t next;

static int clamp(int value, int most) {
    return value < 1 ? 1 : value > most ? most : value;
}

static void pour(int64_t millis) {
    int64_t first = next;
    int64_t deadline = nanos() + millis * 1000000;
    int batch = clamp(BATCH_BYTES / length, MOST);
    int batches = clamp(SENT_BYTES / length / batch, MOST);
    do {
        for (int i = 0; i < batches; i++) {
            int sent = send_some(next, batch);
            next += sent;
            if (sent == 0) {
                relax();
            }
        }
    } while (nanos() < deadline);
    send_one(END);
    printf("done %ld\n", next - first);
}

static void drain(int64_t millis) {
    (void) millis;
    ended = 0;
    received = 0;
    wait_for_some(account);
    int64_t start = nanos();
    while (!ended) {
        if (receive_some(account) == 0) {
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
        wait_for_some(account);
        int64_t end = nanos();
        sample(end - start);
        start = end;
    }
    send_one(END);
    while (!ended) {
        receive_some(account);
    }
    print_samples();
}

static void pong(int64_t millis) {
    (void) millis;
    ended = 0;
    received = 0;
    while (!ended) {
        wait_for_some(account);
        send_one(ended ? END : expected - 1);
    }
    printf("done %ld\n", received);
}

/* Messages at fixed times. Each has its time, so that a late sender counts as slow; "period" apart, so none is lost. */

static int64_t period;

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
    }
    printf("done %ld\n", count);
}

static void listen_to_pace(int64_t millis) {
    (void) millis;
    sampled = 0;
    ended = 0;
    expected = 0;
    while (!ended) {
        wait_for_some(account_time);
    }
    print_samples();
}

/* Both ends in this process: the time of the sending alone. */
static void send_alone(int64_t millis) {
    int64_t first = next;
    int64_t taken = 0;
    int64_t deadline = nanos() + millis * 1000000;
    while (nanos() < deadline) {
        int64_t start = nanos();
        for (int i = 0; i < MESSAGES; i++) {
            send_one(next++);
        }
        taken += nanos() - start;
        while (expected < next) {
            wait_for_some(account);
        }
    }
    printf("done %ld %ld\n", next - first, taken);
}

typedef void work(int64_t millis);

static work *work_of(const char *kind, int index) {
    int sends = index != 0;
    period = blocks ? 250000 : 10000;
    if (!strcmp(kind, "SEND")) {
        in = open_end("forth", 1);
        out = open_end("forth", 0);
        return send_alone;
    }
    (sends ? &out : &in)[0] = open_end("forth", !sends);
    if (!strcmp(kind, "ROUND_TRIP")) {
        (sends ? &in : &out)[0] = open_end("home", !sends);
        return sends ? ping : pong;
    }
    if (!strcmp(kind, "FLOW")) {
        return sends ? pour : drain;
    }
    return sends ? pace : listen_to_pace;
}

static enum peer peer_of(const char *name) {
    static const char *const NAMES[] = {"ring", "line", "memcpy", "pipe", "socket"};
    if (!strcmp(name, "ring-by-longs")) {
        by_longs = 1;
        return RING;
    }
    for (int i = RING; i <= SOCKET; i++) {
        if (!strcmp(name, NAMES[i])) {
            return i;
        }
    }
    errno = EINVAL;
    check(0, name);
    return RING;
}

static int usage(void) {
    fprintf(stderr, "usage: peers probe A B | PEER KIND WAY LENGTH PARTIES BLOCK|SPIN INDEX PROCESSOR FOLDER\n");
    return 2;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "probe")) {
        probe(atoi(argv[2]), atoi(argv[3]));
        return 0;
    }
    if (argc != 10) {
        return usage();
    }
    peer = peer_of(argv[1]);
    way = !strcmp(argv[3], "BATCHED") ? BATCHED : !strcmp(argv[3], "SINGLE") ? SINGLE : COPIED;
    length = atoi(argv[4]);
    block = calloc(1, length);
    blocks = !strcmp(argv[6], "BLOCK");
    folder = argv[9];
    work *round = work_of(argv[2], atoi(argv[7]));
    pin(atoi(argv[8]));
    printf("ready\n");
    fflush(stdout);
    long millis;
    while (scanf("%ld", &millis) == 1) {
        round(millis);
        fflush(stdout);
    }
    return 0;
}
