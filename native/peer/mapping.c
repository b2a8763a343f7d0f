// SPDX-License-Identifier: Apache-2.0
#include "mapping.h"

#include <stdlib.h>

void mapping_size(const struct mapping *mapping) {
    reply("%llu", (unsigned long long) mapping->size);
}

void mapping_write(const struct mapping *mapping, const char *seed) {
    uint64_t number = strtoull(seed, NULL, 10);
    for (size_t i = 0; i < mapping->size; i++) {
        mapping->memory[i] = pattern(number, i);
    }
    reply_done();
}

void mapping_verify(const struct mapping *mapping, const char *seed) {
    uint64_t number = strtoull(seed, NULL, 10);
    for (size_t i = 0; i < mapping->size; i++) {
        if (mapping->memory[i] != pattern(number, i)) {
            refuse("verify", (long) i, "differs at that offset");
            return;
        }
    }
    reply_done();
}

void mapping_digest(const struct mapping *mapping) {
    reply("%08x", crc32(0, mapping->memory, mapping->size));
}
