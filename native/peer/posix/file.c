// SPDX-License-Identifier: Apache-2.0
//
// fcntl(2), flock(2) and rename(2).
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix.h"

enum { MOST = 100000 };

static int fd = -1;
static enum { OFD, CLASSIC, FLOCK } kind = OFD;
static char path[PATH_MAX];
static unsigned char content[1 << 20];

// open PATH [MODE]
static void open_(char **a) {
    fd = open(a[0], O_RDWR | O_CREAT | O_CLOEXEC, mode_of(a[1]));
    if (fd >= 0) {
        reply_done();
    } else {
        refuse_errno("open");
    }
}

// kind ofd|classic|flock: what lock, trylock, timedlock and unlock do from now on
static void kind_(char **a) {
    kind = strcmp(a[0], "ofd") == 0 ? OFD : strcmp(a[0], "classic") == 0 ? CLASSIC : FLOCK;
    reply_done();
}

static short type_of(const char *mode) {
    return strcmp(mode, "exclusive") == 0 ? F_WRLCK : strcmp(mode, "shared") == 0 ? F_RDLCK : F_UNLCK;
}

static int lock_by(short type, const char *start, const char *size, int wait) {
    if (kind == FLOCK) {
        int how = type == F_WRLCK ? LOCK_EX : type == F_RDLCK ? LOCK_SH : LOCK_UN;
        return flock(fd, how | (wait ? 0 : LOCK_NB));
    }
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = atoll(start), .l_len = atoll(size)};
    int commands[2][2] = {{F_OFD_SETLK, F_OFD_SETLKW}, {F_SETLK, F_SETLKW}};
    return fcntl(fd, commands[kind][wait], &lock);
}

static void answer(int result) {
    if (result == 0) {
        reply_done();
    } else if (errno == EAGAIN || errno == EACCES) {
        reply_none();
    } else {
        refuse_errno(kind == FLOCK ? "flock" : "fcntl");
    }
}

// lock MODE START SIZE: shared or exclusive; a size of 0 is all that follows
static void lock(char **a) {
    answer(lock_by(type_of(a[0]), a[1], a[2], 1));
}

// trylock MODE START SIZE
static void trylock(char **a) {
    answer(lock_by(type_of(a[0]), a[1], a[2], 0));
}

static void nap(void) {
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

// timedlock MODE START SIZE MILLIS: no call has a time-out
static void timedlock(char **a) {
    int result;
    for (long long left = atoll(a[3]); (result = lock_by(type_of(a[0]), a[1], a[2], 0)) != 0 && left > 0; left--) {
        nap();
    }
    answer(result);
}

static void unlock(char **a) {
    (void) a;
    answer(lock_by(F_UNLCK, "0", "0", 0));
}

// holder MODE START SIZE: its process, -1 for the lock of an open file, and how it is locked
static void holder(char **a) {
    struct flock lock = {.l_type = type_of(a[0]), .l_whence = SEEK_SET, .l_start = atoll(a[1]), .l_len = atoll(a[2])};
    if (fcntl(fd, F_GETLK, &lock) != 0) {
        refuse_errno("fcntl");
    } else if (lock.l_type == F_UNLCK) {
        reply_none();
    } else {
        reply("%ld %s", (long) lock.l_pid, lock.l_type == F_WRLCK ? "exclusive" : "shared");
    }
}

static void close_(char **a) {
    (void) a;
    answer(close(fd));
}

// Takes and gives the lock until it is killed.
static void run(char **a) {
    (void) a;
    reply_done();
    for (uint64_t i = 0;; i++) {
        event('a', i);
        event(lock_by(F_WRLCK, "0", "0", 1) == 0 ? 'A' : 'X', i);
        event('r', i);
        event(lock_by(F_UNLCK, "0", "0", 0) == 0 ? 'R' : 'X', i);
    }
}

static int increment(const char *counter) {
    long long value = 0;
    FILE *file = fopen(counter, "r");
    if (file != NULL) {
        int found = fscanf(file, "%lld", &value);
        fclose(file);
        if (found != 1) {
            return -1;
        }
    }
    file = fopen(counter, "w");
    if (file == NULL) {
        return -1;
    }
    fprintf(file, "%lld", value + 1);
    return fclose(file);
}

// count PATH TIMES: each time under the lock
static void count(char **a) {
    for (long i = 0; i < atol(a[1]); i++) {
        if (lock_by(F_WRLCK, "0", "0", 1) != 0 || increment(a[0]) != 0 || lock_by(F_UNLCK, "0", "0", 0) != 0) {
            refuse_errno("count");
            return;
        }
    }
    reply_done();
}

// at PATH: the file that the verbs below are about
static void at(char **a) {
    snprintf(path, sizeof path, "%s", a[0]);
    reply_done();
}

static uint64_t generation(const struct stat *facts) {
    return (uint64_t) facts->st_mtim.tv_sec * 1000000000u + (uint64_t) facts->st_mtim.tv_nsec;
}

static int put(const char *new, size_t size, struct stat *facts) {
    int file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int done = file >= 0 && write(file, content, size) == (ssize_t) size && fsync(file) == 0 && fstat(file, facts) == 0;
    if (file >= 0) {
        close(file);
    }
    return done && rename(new, path) == 0;
}

// publish SIZE SEED: as any program does that knows how
static void publish(char **a) {
    size_t size = (size_t) atoll(a[0]);
    for (size_t i = 0; i < size; i++) {
        content[i] = pattern(strtoull(a[1], NULL, 10), i);
    }
    char new[PATH_MAX + 8];
    snprintf(new, sizeof new, "%s.new", path);
    struct stat facts;
    if (put(new, size, &facts)) {
        reply("%llu", (unsigned long long) generation(&facts));
    } else {
        refuse_errno("publish");
    }
}

static ssize_t get(struct stat *facts) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    ssize_t size = read(file, content, sizeof content);
    int result = fstat(file, facts);
    close(file);
    return result == 0 ? size : -1;
}

// read: size, checksum and generation of the version that is there
static void read_(char **a) {
    (void) a;
    struct stat facts;
    ssize_t size = get(&facts);
    if (size >= 0) {
        reply("%ld %08x %llu", (long) size, crc32(0, content, (size_t) size), (unsigned long long) generation(&facts));
    } else if (errno == ENOENT) {
        reply_none();
    } else {
        refuse_errno("read");
    }
}

// await GENERATION MILLIS: a version that is newer
static void await(char **a) {
    struct stat facts;
    for (long long left = atoll(a[1]); left > 0; left--) {
        if (stat(path, &facts) == 0 && generation(&facts) > strtoull(a[0], NULL, 10)) {
            read_(a);
            return;
        }
        nap();
    }
    reply_none();
}

// number: of the version that is there, if it is whole
static void number(char **a) {
    (void) a;
    struct stat facts;
    uint64_t found;
    ssize_t size = get(&facts);
    if (size >= 0 && message_read(content, (size_t) size, MOST, &found)) {
        reply("%llu", (unsigned long long) found);
    } else {
        refuse("number", -1, "torn, or not there");
    }
}

const struct verb file_verbs[] = {
    {"open", 1, open_},
    {"kind", 1, kind_},
    {"lock", 3, lock},
    {"trylock", 3, trylock},
    {"timedlock", 4, timedlock},
    {"unlock", 0, unlock},
    {"holder", 3, holder},
    {"close", 0, close_},
    {"run", 0, run},
    {"count", 2, count},
    {"at", 1, at},
    {"publish", 2, publish},
    {"read", 0, read_},
    {"await", 2, await},
    {"number", 0, number},
    {NULL, 0, NULL},
};
