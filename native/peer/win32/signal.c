// SPDX-License-Identifier: Apache-2.0
//
// Windows has no signals between processes.
#include "../peer.h"

const struct verb signal_verbs[] = {
    {NULL, 0, NULL},
};
