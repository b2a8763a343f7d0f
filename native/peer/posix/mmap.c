// SPDX-License-Identifier: Apache-2.0
//
// mmap(2) of a file.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../mapping.h"
#include "posix.h"

static int file = -1;
static int protection;
static struct mapping mapping;

/** Maps all that the file has. */
static int map(void) {
    struct stat status;
    if (fstat(file, &status) != 0) {
        refuse_errno("fstat");
        return 0;
    }
    void *address = mmap(NULL, (size_t) status.st_size, protection, MAP_SHARED, file, 0);
    if (address == MAP_FAILED) {
        refuse_errno("mmap");
        return 0;
    }
    if (mapping.memory != NULL) {
        munmap(mapping.memory, mapping.size);
    }
    mapping.memory = address;
    mapping.size = (size_t) status.st_size;
    return 1;
}

static int reserve(const char *bytes) {
    int code = posix_fallocate(file, 0, atoll(bytes));
    if (code != 0) {
        refuse("posix_fallocate", code, strerror(code));
    }
    return code == 0;
}

// create PATH SIZE [MODE]
static void create(char **a) {
    file = open(a[0], O_RDWR | O_CREAT | O_EXCL, mode_of(a[2]));
    if (file < 0) {
        refuse_errno("open");
        return;
    }
    protection = PROT_READ | PROT_WRITE;
    if (reserve(a[1]) && map()) {
        reply("%s", a[0]);
    }
}

static void open_as(const char *path, int flags, int wanted) {
    file = open(path, flags);
    if (file < 0) {
        refuse_errno("open");
        return;
    }
    protection = wanted;
    if (map()) {
        reply("%s", path);
    }
}

// open PATH
static void open_(char **a) {
    open_as(a[0], O_RDWR, PROT_READ | PROT_WRITE);
}

// openReadOnly PATH
static void open_read_only(char **a) {
    open_as(a[0], O_RDONLY, PROT_READ);
}

static void size_(char **a) {
    (void) a;
    mapping_size(&mapping);
}

// grow SIZE
static void grow(char **a) {
    if (reserve(a[0]) && map()) {
        reply_done();
    }
}

static void refresh(char **a) {
    (void) a;
    if (map()) {
        mapping_size(&mapping);
    }
}

// write SEED
static void write_(char **a) {
    mapping_write(&mapping, a[0]);
}

// verify SEED
static void verify(char **a) {
    mapping_verify(&mapping, a[0]);
}

static void digest(char **a) {
    (void) a;
    mapping_digest(&mapping);
}

static void force(char **a) {
    (void) a;
    reply_to("msync", msync(mapping.memory, mapping.size, MS_SYNC));
}

static void close_(char **a) {
    (void) a;
    int result = munmap(mapping.memory, mapping.size);
    close(file);
    mapping.memory = NULL;
    reply_to("munmap", result);
}

// unlink PATH
static void unlink_(char **a) {
    reply_to("unlink", unlink(a[0]));
}

const struct verb mmap_verbs[] = {
    {"create", 2, create},
    {"open", 1, open_},
    {"openReadOnly", 1, open_read_only},
    {"size", 0, size_},
    {"grow", 1, grow},
    {"refresh", 0, refresh},
    {"write", 1, write_},
    {"verify", 1, verify},
    {"digest", 0, digest},
    {"force", 0, force},
    {"close", 0, close_},
    {"unlink", 1, unlink_},
    {NULL, 0, NULL},
};
