// SPDX-License-Identifier: Apache-2.0
//
// The process itself. Ending others is kill(1)'s.
#include <unistd.h>

#include "../peer.h"

static void pid(char **a) {
    (void) a;
    reply("%ld", (long) getpid());
}

const struct verb self_verbs[] = {
    {"pid", 0, pid},
    {NULL, 0, NULL},
};
