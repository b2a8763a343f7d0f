// SPDX-License-Identifier: Apache-2.0
//
// What this partner does with memory that it has mapped, whatever that belongs to.
#ifndef PEER_MAPPING_H
#define PEER_MAPPING_H

#include "peer.h"

struct mapping {
    unsigned char *memory;
    size_t size;
};

/** Answers how many bytes it has. */
void mapping_size(const struct mapping *mapping);

/** Fills it with the content that a seed stands for. */
void mapping_write(const struct mapping *mapping, const char *seed);

/** Checks that it has that content; an error has the first offset that differs. */
void mapping_verify(const struct mapping *mapping, const char *seed);

/** Answers its checksum. */
void mapping_digest(const struct mapping *mapping);

#endif
