// SPDX-License-Identifier: Apache-2.0
//
// sem_open(3) and friends.
#include <fcntl.h>
#include <semaphore.h>

#include "posix.h"

static sem_t *sem = SEM_FAILED;

static void opened(const char *key) {
    if (sem == SEM_FAILED) {
        refuse_errno("sem_open");
    } else {
        reply("%s", key);
    }
}

// create KEY PERMITS [MODE]
static void create(char **a) {
    sem = sem_open(a[0], O_CREAT | O_EXCL, mode_of(a[2]), (unsigned) atoi(a[1]));
    opened(a[0]);
}

// open KEY
static void open_(char **a) {
    sem = sem_open(a[0], 0);
    opened(a[0]);
}

static void post(char **a) {
    (void) a;
    reply_to("sem_post", sem_post(sem));
}

static void wait_(char **a) {
    (void) a;
    reply_to("sem_wait", sem_wait(sem));
}

static void trywait(char **a) {
    (void) a;
    reply_to("sem_trywait", sem_trywait(sem));
}

// timedwait MILLIS
static void timedwait(char **a) {
    struct timespec time = after_millis(a[0]);
    reply_to("sem_timedwait", sem_timedwait(sem, &time));
}

static void value(char **a) {
    (void) a;
    int permits;
    if (sem_getvalue(sem, &permits) == 0) {
        reply("%d", permits);
    } else {
        refuse_errno("sem_getvalue");
    }
}

static void close_(char **a) {
    (void) a;
    reply_to("sem_close", sem_close(sem));
}

// unlink KEY
static void unlink_(char **a) {
    reply_to("sem_unlink", sem_unlink(a[0]));
}

// Takes and gives a permit until it is killed; the small letter says that an operation begins, the capital that it is done.
static void run(char **a) {
    (void) a;
    reply_done();
    for (uint64_t i = 0;; i++) {
        event('a', i);
        while (sem_wait(sem) != 0) {
            if (errno != EINTR) {
                event('X', i);
                return;
            }
        }
        event('A', i);
        event('r', i);
        if (sem_post(sem) != 0) {
            event('X', i);
            return;
        }
        event('R', i);
    }
}

const struct verb sem_verbs[] = {
    {"create", 2, create},
    {"open", 1, open_},
    {"post", 0, post},
    {"wait", 0, wait_},
    {"trywait", 0, trywait},
    {"timedwait", 1, timedwait},
    {"value", 0, value},
    {"close", 0, close_},
    {"unlink", 1, unlink_},
    {"run", 0, run},
    {NULL, 0, NULL},
};
