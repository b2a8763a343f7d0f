// SPDX-License-Identifier: Apache-2.0
//
// mkfifo(3), open(2), read(2), write(2).
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix.h"

static int fd = -1;
static unsigned char buffer[1 << 16];

// make PATH [MODE]
static void make(char **a) {
    if (mkfifo(a[0], (mode_t) mode_of(a[1])) == 0) {
        reply("%s", a[0]);
    } else {
        refuse_errno("mkfifo");
    }
}

static void opened(const char *path) {
    signal(SIGPIPE, SIG_IGN); // a write says EPIPE instead
    if (fd >= 0) {
        reply("%s", path);
    } else {
        refuse_errno("open");
    }
}

// reader PATH: waits for a writer
static void reader(char **a) {
    fd = open(a[0], O_RDONLY | O_CLOEXEC);
    opened(a[0]);
}

// writer PATH: waits for a reader
static void writer(char **a) {
    fd = open(a[0], O_WRONLY | O_CLOEXEC);
    opened(a[0]);
}

static int write_all(const unsigned char *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = write(fd, bytes, count);
        if (done < 0) {
            return -1;
        }
        bytes += done;
        count -= (size_t) done;
    }
    return 0;
}

// write TEXT
static void write_(char **a) {
    if (write_all((unsigned char *) a[0], strlen(a[0])) == 0) {
        reply_done();
    } else {
        refuse_errno("write");
    }
}

// read: what there is
static void read_(char **a) {
    (void) a;
    ssize_t count = read(fd, buffer, sizeof buffer - 1);
    if (count < 0) {
        refuse_errno("read");
    } else if (count == 0) {
        reply_none();
    } else {
        buffer[count] = '\0';
        reply("%s", (char *) buffer);
    }
}

// fill SIZE SEED: writes so many bytes
static void fill(char **a) {
    uint64_t size = strtoull(a[0], NULL, 10);
    uint64_t seed = strtoull(a[1], NULL, 10);
    for (uint64_t at = 0; at < size;) {
        size_t count = 0;
        while (count < sizeof buffer && at < size) {
            buffer[count++] = pattern(seed, at++);
        }
        if (write_all(buffer, count) != 0) {
            refuse_errno("write");
            return;
        }
    }
    reply_done();
}

// drain: reads to the end, answers how many bytes there were and their checksum
static void drain(char **a) {
    (void) a;
    uint64_t total = 0;
    uint32_t crc = 0;
    ssize_t count;
    while ((count = read(fd, buffer, sizeof buffer)) > 0) {
        crc = crc32(crc, buffer, (size_t) count);
        total += (uint64_t) count;
    }
    if (count < 0) {
        refuse_errno("read");
    } else {
        reply("%llu %08x", (unsigned long long) total, crc);
    }
}

static void close_(char **a) {
    (void) a;
    if (close(fd) == 0) {
        reply_done();
    } else {
        refuse_errno("close");
    }
}

// unlink PATH
static void unlink_(char **a) {
    if (unlink(a[0]) == 0) {
        reply_done();
    } else {
        refuse_errno("unlink");
    }
}

// runWriter SIZE: writes records of so many bytes, of the stream that seed 0 stands for, until it is killed.
static void run_writer(char **a) {
    size_t size = (size_t) atoll(a[0]);
    reply_done();
    for (uint64_t at = 0;; at += size) {
        for (size_t i = 0; i < size; i++) {
            buffer[i] = pattern(0, at + i);
        }
        event('w', at + size);
        event(write_all(buffer, size) == 0 ? 'W' : 'X', at + size);
    }
}

const struct verb fifo_verbs[] = {
    {"make", 1, make},
    {"reader", 1, reader},
    {"writer", 1, writer},
    {"write", 1, write_},
    {"read", 0, read_},
    {"fill", 2, fill},
    {"drain", 0, drain},
    {"close", 0, close_},
    {"unlink", 1, unlink_},
    {"runWriter", 1, run_writer},
    {NULL, 0, NULL},
};
