// SPDX-License-Identifier: Apache-2.0
//
// mkfifo(3), open(2), read(2), write(2).
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../stream.h"
#include "posix.h"

static int fd = -1;

static int64_t write_some(const unsigned char *bytes, size_t count) {
    return write(fd, bytes, count);
}

static int64_t read_some(unsigned char *bytes, size_t most) {
    return read(fd, bytes, most);
}

static const struct stream stream = {write_some, read_some, refuse_errno, "write", "read"};

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

// write TEXT
static void write_(char **a) {
    stream_write(&stream, a[0]);
}

// read: what there is
static void read_(char **a) {
    (void) a;
    stream_read(&stream, STREAM_MOST);
}

// fill SIZE SEED
static void fill(char **a) {
    stream_fill(&stream, a[0], a[1]);
}

// drain: to the end
static void drain(char **a) {
    (void) a;
    stream_take(&stream, UINT64_MAX);
}

static void close_(char **a) {
    (void) a;
    reply_to("close", close(fd));
}

// unlink PATH
static void unlink_(char **a) {
    reply_to("unlink", unlink(a[0]));
}

// runWriter SIZE
static void run_writer(char **a) {
    stream_run_writer(&stream, a[0]);
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
