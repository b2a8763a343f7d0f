// SPDX-License-Identifier: Apache-2.0
//
// A local socket of ours is a named pipe there: see pipe.c.
#include "win32.h"

const struct verb socket_verbs[] = {
    {NULL, 0, NULL},
};
