// SPDX-License-Identifier: Apache-2.0

/*
 * A ring like that of an ipc4j channel with one sender: its records and its words. Who waits may sleep at a futex; then
 * each message wakes. And, in the same memory, what bounds all rings: a cache line there and back, and copies alone.
 */

#ifndef RING_H
#define RING_H

#include "content.h"
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
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

struct ring {
    char *memory;
    char *records;
    int64_t next;
    int64_t seen;
};

static _Atomic int64_t *word(struct ring *ring, int offset) {
    return (_Atomic int64_t *) (ring->memory + offset);
}

static inline int64_t get(struct ring *ring, int offset) {
    return atomic_load_explicit(word(ring, offset), memory_order_acquire);
}

static inline void set(struct ring *ring, int offset, int64_t value) {
    atomic_store_explicit(word(ring, offset), value, memory_order_release);
}

static struct ring open_ring(const char *path, int create) {
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

static int futex(void *address, int operation, int value) {
    return (int) syscall(SYS_futex, address, operation, value, NULL, NULL, 0);
}

static inline void publish(struct ring *ring) {
    set(ring, TAIL, ring->next);
    if (blocks) {
        atomic_fetch_add((atomic_int *) word(ring, WAKE), 1);
        futex(word(ring, WAKE), FUTEX_WAKE, INT_MAX);
    }
}

/* Sends value, value + 1 and so on, as many as there is room for, and returns how many. */
static inline int ring_send(struct ring *ring, int64_t value, int count) {
    int sent = 0;
    int64_t size = (length + PREFIX + 7) & -8;
    while (sent < count) {
        int64_t at = ring->next & (CAPACITY - 1);
        int64_t needed = size <= CAPACITY - at ? size : CAPACITY - at + size;
        if (ring->next + needed - ring->seen > CAPACITY) {
            ring->seen = get(ring, HEAD);
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
            publish(ring);
        }
    }
    if (way == BATCHED) {
        publish(ring);
    }
    return sent;
}

/* Whether there is something; sleeps for a message otherwise, if that is what is done here. */
static inline int has_messages(struct ring *ring) {
    if (ring->next != ring->seen) {
        return 1;
    }
    int wakes = blocks ? atomic_load((atomic_int *) word(ring, WAKE)) : 0;
    ring->seen = get(ring, TAIL);
    if (ring->next == ring->seen && blocks) {
        futex(word(ring, WAKE), FUTEX_WAIT, wakes);
        ring->seen = get(ring, TAIL);
    }
    return ring->next != ring->seen;
}

/* Receives what is there and returns how many, as ChannelRingReader does. */
static inline int ring_receive(struct ring *ring, int limit, void (*handle)(int64_t)) {
    int count = 0;
    if (!has_messages(ring)) {
        return 0;
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
        set(ring, HANDLED, ring->next);
    }
    set(ring, HEAD, ring->next);
    return count;
}

/* A number, and nothing else, in one cache line. The next one comes when somebody has seen it, who answers. */

static inline int line_send(struct ring *ring, int64_t value) {
    ring->next = value + 1;
    set(ring, TAIL, ring->next);
    return 1;
}

static inline int line_receive(struct ring *ring, void (*handle)(int64_t)) {
    int64_t value = get(ring, TAIL);
    if (value == ring->seen) {
        return 0;
    }
    ring->seen = value;
    handle(value - 1);
    return 1;
}

/* Messages are copied in and out, with a number each and without a look at it. */

static inline int copy_send(struct ring *ring, int64_t value) {
    if (ring->next - ring->seen == CAPACITY) {
        ring->seen = get(ring, HEAD);
        if (ring->next - ring->seen == CAPACITY) {
            return 0;
        }
    }
    char *message = ring->records + (ring->next & (CAPACITY - 1));
    memcpy(message, block, length);
    memcpy(message, &value, 8);
    ring->next += length;
    set(ring, TAIL, ring->next);
    return 1;
}

static inline int copy_receive(struct ring *ring, void (*handle)(int64_t)) {
    if (!has_messages(ring)) {
        return 0;
    }
    int64_t value;
    memcpy(block, ring->records + (ring->next & (CAPACITY - 1)), length);
    memcpy(&value, block, 8);
    ring->next += length;
    set(ring, HEAD, ring->next);
    handle(value);
    return 1;
}

#endif
