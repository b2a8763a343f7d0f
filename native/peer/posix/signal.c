// SPDX-License-Identifier: Apache-2.0
//
// sigqueue(3) and sigtimedwait(2). Signals are given by their numbers.
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include "posix.h"

static sigset_t subscribed;

// subscribe NUMBER...: blocks them, so that they wait.
static void subscribe(char **a) {
    sigemptyset(&subscribed);
    for (; *a != NULL; a++) {
        sigaddset(&subscribed, atoi(*a));
    }
    if (sigprocmask(SIG_BLOCK, &subscribed, NULL) == 0) {
        reply_done();
    } else {
        refuse_errno("sigprocmask");
    }
}

static int receive(siginfo_t *info, long millis) {
    struct timespec time = {millis / 1000, millis % 1000 * 1000000};
    int signal;
    do {
        signal = sigtimedwait(&subscribed, info, &time);
    } while (signal < 0 && errno == EINTR);
    return signal;
}

// await MILLIS: number, process, user and value, where a dash is what was not sent.
static void await(char **a) {
    siginfo_t info;
    int signal = receive(&info, atol(a[0]));
    if (signal > 0 && info.si_code == SI_QUEUE) {
        reply("%d %ld %ld %d", signal, (long) info.si_pid, (long) info.si_uid, info.si_value.sival_int);
    } else if (signal > 0) {
        reply("%d %ld %ld -", signal, (long) info.si_pid, (long) info.si_uid);
    } else if (errno == EAGAIN) {
        reply_none();
    } else {
        refuse_errno("sigtimedwait");
    }
}

// send PID NUMBER [VALUE]
static void send(char **a) {
    union sigval value = {.sival_ptr = NULL};
    value.sival_int = a[2] == NULL ? 0 : atoi(a[2]);
    int result = a[2] == NULL ? kill(atoi(a[0]), atoi(a[1])) : sigqueue(atoi(a[0]), atoi(a[1]), value);
    if (result == 0) {
        reply_done();
    } else {
        refuse_errno(a[2] == NULL ? "kill" : "sigqueue");
    }
}

static int send_value(pid_t pid, int signal, int number) {
    union sigval value = {.sival_ptr = NULL};
    value.sival_int = number;
    int result;
    while ((result = sigqueue(pid, signal, value)) != 0 && errno == EAGAIN) {
        usleep(100);
    }
    return result;
}

// queue PID NUMBER COUNT: sends the values from 0 on, and waits where there is no room.
static void queue(char **a) {
    for (int value = 0; value < atoi(a[2]); value++) {
        if (send_value(atoi(a[0]), atoi(a[1]), value) != 0) {
            refuse_errno("sigqueue");
            return;
        }
    }
    reply_done();
}

// collect COUNT: receives so many, and tells how many those were that came in order.
static void collect(char **a) {
    int received = 0, expected = 0;
    siginfo_t info;
    while (received < atoi(a[0]) && receive(&info, 50000) > 0) {
        received++;
        expected += info.si_code == SI_QUEUE && info.si_value.sival_int == expected;
    }
    reply("%d %d", received, expected);
}

// run PID NUMBER: sends the values from 0 on until it is killed.
static void run(char **a) {
    reply_done();
    for (int value = 0;; value++) {
        event('s', (uint64_t) value);
        if (send_value(atoi(a[0]), atoi(a[1]), value) != 0) {
            event('X', (uint64_t) value);
            return;
        }
        event('S', (uint64_t) value);
    }
}

const struct verb signal_verbs[] = {
    {"subscribe", 1, subscribe},
    {"await", 1, await},
    {"send", 2, send},
    {"queue", 3, queue},
    {"collect", 1, collect},
    {"run", 2, run},
    {NULL, 0, NULL},
};
