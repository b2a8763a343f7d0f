// SPDX-License-Identifier: Apache-2.0
//
// What both ends of a topic find in its ring: records, and the landmarks where they begin.
#ifndef PEER_TOPIC_RING_H
#define PEER_TOPIC_RING_H

#include "../topic.h"
#include "participant.h"

enum { NONE = -1 }; // no landmark; or the position of a place of nobody who is waited for

struct record {
    uint32_t length, kind;
    int64_t sequence;
};

static inline int64_t load(uint64_t at) {
    return (int64_t) load64(at);
}

static inline void store(uint64_t at, int64_t value) {
    store64(at, (uint64_t) value);
}

static inline bool is_position(int64_t position) {
    return position >= 0 && position % TOPIC_PREFIX == 0;
}

/** Where a position is. */
unsigned char *ring(int64_t position);

/** How far it is from there to the end of the ring. */
int64_t to_end(int64_t position);

/** Reads how a record begins. Returns how many bytes it takes; 0 if there can be no such before the tail. */
int64_t read_record(int64_t position, int64_t tail, struct record *record);

/** In which eighth of the ring a position is; they are counted on from lap to lap. */
int64_t eighth_of(int64_t position);

/** Where the landmark of an eighth is kept. */
uint64_t landmark_at(int64_t eighth);

/** The landmark of an eighth; NONE if that has none any more, or yet. */
int64_t landmark(int64_t eighth);

/** The first landmark from a position on that is before the tail, or NONE. */
int64_t first_landmark(int64_t from, int64_t tail);

/** The last landmark up to a position that is before the tail, or NONE. */
int64_t last_landmark(int64_t to, int64_t tail);

/** The sequence of the message that comes at the tail; NONE if the last ones are written over, or the memory is damaged. */
int64_t sequence_at(int64_t tail);

#endif
