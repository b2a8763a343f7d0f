// SPDX-License-Identifier: Apache-2.0
//
// CreateSemaphoreW and friends.
#include "win32.h"

#include <winternl.h>

// What the documented headers leave out: SEMAPHORE_INFORMATION_CLASS 0 and its answer.
typedef struct {
    ULONG current;
    ULONG maximum;
} semaphore_basic_information;

NTSTATUS NTAPI NtQuerySemaphore(HANDLE, int class, void *information, ULONG length, ULONG *returned);

static HANDLE sem;

// create KEY PERMITS
static void create(char **a) {
    HANDLE handle = created("CreateSemaphoreW", CreateSemaphoreW(NULL, atol(a[1]), MAXLONG, wide(a[0])));
    if (handle != NULL) {
        sem = handle;
        reply("%s", a[0]);
    }
}

// open KEY
static void open_(char **a) {
    HANDLE handle = OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, wide(a[0]));
    if (handle != NULL) {
        sem = handle;
        reply("%s", a[0]);
    } else {
        refuse_last_error("OpenSemaphoreW");
    }
}

static void post(char **a) {
    (void) a;
    if (ReleaseSemaphore(sem, 1, NULL)) {
        reply_done();
    } else {
        refuse_last_error("ReleaseSemaphore");
    }
}

static void wait_for(DWORD millis) {
    switch (WaitForSingleObject(sem, millis)) {
    case WAIT_OBJECT_0:
        reply_done();
        break;
    case WAIT_TIMEOUT:
        reply_none();
        break;
    default:
        refuse_last_error("WaitForSingleObject");
    }
}

static void wait_(char **a) {
    (void) a;
    wait_for(INFINITE);
}

static void trywait(char **a) {
    (void) a;
    wait_for(0);
}

// timedwait MILLIS
static void timedwait(char **a) {
    wait_for((DWORD) atol(a[0]));
}

static void value(char **a) {
    (void) a;
    semaphore_basic_information information;
    NTSTATUS status = NtQuerySemaphore(sem, 0, &information, sizeof information, NULL);
    if (NT_SUCCESS(status)) {
        reply("%lu", information.current);
    } else {
        refuse("NtQuerySemaphore", (long) status, "");
    }
}

static void close_(char **a) {
    (void) a;
    close_handle(&sem);
}

// Takes and gives a permit until it is killed; the small letter says that an operation begins, the capital that it is done.
static void run(char **a) {
    (void) a;
    reply_done();
    for (uint64_t i = 0;; i++) {
        event('a', i);
        if (WaitForSingleObject(sem, INFINITE) != WAIT_OBJECT_0) {
            event('X', i);
            return;
        }
        event('A', i);
        event('r', i);
        if (!ReleaseSemaphore(sem, 1, NULL)) {
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
    {"run", 0, run},
    {NULL, 0, NULL},
};
