// SPDX-License-Identifier: Apache-2.0
//
// Nothing of ours maps files natively there.
#include "../peer.h"

const struct verb mmap_verbs[] = {
    {NULL, 0, NULL},
};
