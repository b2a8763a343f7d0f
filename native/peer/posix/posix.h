// SPDX-License-Identifier: Apache-2.0
#ifndef PEER_POSIX_H
#define PEER_POSIX_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../peer.h"

/** Objects of the peer are its user's only, unless a test gives another mode. */
static inline int mode_of(const char *octal) {
    return octal == NULL ? 0600 : (int) strtol(octal, NULL, 8);
}

static inline void refuse_errno(const char *call) {
    int code = errno;
    refuse(call, code, strerror(code));
}

/** Answers a call that returns 0 when it is done, or has not waited any longer. */
static inline void reply_to(const char *call, int result) {
    if (result == 0) {
        reply_done();
    } else if (errno == EAGAIN || errno == ETIMEDOUT) {
        reply_none();
    } else {
        refuse_errno(call);
    }
}

/** The point in time that is so many milliseconds from now, on the clock that POSIX time-outs use. */
static inline struct timespec after_millis(const char *millis) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    long long nanos = time.tv_nsec + atoll(millis) * 1000000LL;
    time.tv_sec += nanos / 1000000000LL;
    time.tv_nsec = nanos % 1000000000LL;
    return time;
}

#endif
