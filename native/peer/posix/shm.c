// SPDX-License-Identifier: Apache-2.0
//
// shm_open(3) and mmap(2).
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../mapping.h"
#include "posix.h"

static struct mapping mapping;

static void map(int fd, const char *key, int protection) {
    void *address = mmap(NULL, mapping.size, protection, MAP_SHARED, fd, 0);
    if (address == MAP_FAILED) {
        refuse_errno("mmap");
    } else {
        mapping.memory = address;
        reply("%s", key);
    }
    close(fd);
}

// create KEY SIZE [MODE]
static void create(char **a) {
    int fd = shm_open(a[0], O_RDWR | O_CREAT | O_EXCL, mode_of(a[2]));
    if (fd < 0) {
        refuse_errno("shm_open");
        return;
    }
    mapping.size = (size_t) atoll(a[1]);
    if (ftruncate(fd, (off_t) mapping.size) != 0) {
        refuse_errno("ftruncate");
        close(fd);
        return;
    }
    map(fd, a[0], PROT_READ | PROT_WRITE);
}

static void open_as(const char *key, int flags, int protection) {
    int fd = shm_open(key, flags, 0);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse_errno("shm_open");
        return;
    }
    mapping.size = (size_t) status.st_size;
    map(fd, key, protection);
}

// open KEY
static void open_(char **a) {
    open_as(a[0], O_RDWR, PROT_READ | PROT_WRITE);
}

// openReadOnly KEY
static void open_read_only(char **a) {
    open_as(a[0], O_RDONLY, PROT_READ);
}

// memfd SIZE SEALS: answers with a path that leads to it as long as this process lives
static void memfd(char **a) {
    int fd = memfd_create("peer", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        refuse_errno("memfd_create");
        return;
    }
    mapping.size = (size_t) atoll(a[0]);
    int seals = (int) strtol(a[1], NULL, 0);
    if (ftruncate(fd, (off_t) mapping.size) != 0) {
        refuse_errno("ftruncate");
        return;
    }
    mapping.memory = mmap(NULL, mapping.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapping.memory == MAP_FAILED || (seals != 0 && fcntl(fd, F_ADD_SEALS, seals) != 0)) {
        refuse_errno("mmap or fcntl");
        return;
    }
    reply("/proc/%ld/fd/%d", (long) getpid(), fd);
}

// adopt PATH, for writing if the system lets us; answers with the seals
static void adopt(char **a) {
    int fd = open(a[0], O_RDWR);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse_errno("open");
        return;
    }
    mapping.size = (size_t) status.st_size;
    int seals = fcntl(fd, F_GET_SEALS);
    int sealed = (seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) != 0;
    mapping.memory = mmap(NULL, mapping.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if ((mapping.memory == MAP_FAILED) != sealed) {
        refuse("mmap", seals, "for writing does not go with these seals");
        return;
    }
    if (sealed) {
        mapping.memory = mmap(NULL, mapping.size, PROT_READ, MAP_SHARED, fd, 0);
    }
    if (ftruncate(fd, 1) == 0 || ftruncate(fd, (off_t) mapping.size * 2) == 0) {
        refuse("ftruncate", seals, "its size could be changed");
        return;
    }
    close(fd);
    reply("%d", seals);
}

static void size_(char **a) {
    (void) a;
    mapping_size(&mapping);
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

static void close_(char **a) {
    (void) a;
    reply_to("munmap", munmap(mapping.memory, mapping.size));
}

// unlink KEY
static void unlink_(char **a) {
    reply_to("shm_unlink", shm_unlink(a[0]));
}

const struct verb shm_verbs[] = {
    {"create", 2, create},
    {"open", 1, open_},
    {"openReadOnly", 1, open_read_only},
    {"memfd", 2, memfd},
    {"adopt", 1, adopt},
    {"size", 0, size_},
    {"write", 1, write_},
    {"verify", 1, verify},
    {"digest", 0, digest},
    {"close", 0, close_},
    {"unlink", 1, unlink_},
    {NULL, 0, NULL},
};
