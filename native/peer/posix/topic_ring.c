// SPDX-License-Identifier: Apache-2.0
#include "topic_ring.h"

#include <string.h>

_Static_assert(sizeof(struct record) == TOPIC_PREFIX, "a record begins as the layout says");

/** How far a position is behind the beginning of the ring. */
static int64_t turn(int64_t position) {
    return position & (int64_t) (joined.capacity - TOPIC_PREFIX);
}

unsigned char *ring(int64_t position) {
    return joined.memory + topic_ring(joined.ends) + turn(position);
}

int64_t to_end(int64_t position) {
    return joined.capacity - turn(position);
}

int64_t read_record(int64_t position, int64_t tail, struct record *record) {
    memcpy(record, ring(position), sizeof *record);
    int64_t size = (int64_t) topic_size(record->length);
    bool is_gap = record->kind == TOPIC_GAP && size == to_end(position);
    bool fits = record->length <= joined.message_size && size <= tail - position && size <= to_end(position);
    return fits && (record->kind == TOPIC_MESSAGE || is_gap) ? size : 0;
}

int64_t eighth_of(int64_t position) {
    return position / (joined.capacity / TOPIC_EIGHTHS);
}

uint64_t landmark_at(int64_t eighth) {
    return TOPIC_AT_LANDMARKS + (uint64_t) (eighth % TOPIC_EIGHTHS) * sizeof(int64_t);
}

int64_t landmark(int64_t eighth) {
    int64_t position = load(landmark_at(eighth));
    return is_position(position) && eighth_of(position) == eighth ? position : NONE;
}

int64_t first_landmark(int64_t from, int64_t tail) {
    for (int64_t eighth = eighth_of(from); eighth <= eighth_of(tail); eighth++) {
        int64_t position = landmark(eighth);
        if (position >= from && position < tail) {
            return position;
        }
    }
    return NONE;
}

int64_t last_landmark(int64_t to, int64_t tail) {
    int64_t newest = eighth_of(to);
    for (int64_t eighth = newest; eighth >= 0 && eighth >= newest - TOPIC_EIGHTHS; eighth--) {
        int64_t position = landmark(eighth);
        if (position != NONE && position <= to && position < tail) {
            return position;
        }
    }
    return NONE;
}

int64_t sequence_at(int64_t tail) {
    if (tail == 0) {
        return 0;
    }
    int64_t start = last_landmark(tail, tail);
    int64_t sequence = NONE;
    int64_t size = 0;
    for (int64_t position = start; start != NONE && position < tail; position += size) {
        struct record record;
        size = read_record(position, tail, &record);
        if (size == 0) {
            return NONE;
        }
        if (record.kind == TOPIC_MESSAGE) {
            sequence = record.sequence;
        }
    }
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return sequence >= 0 && load(TOPIC_AT_HEAD) <= start ? sequence + 1 : NONE;
}
