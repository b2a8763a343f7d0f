// SPDX-License-Identifier: Apache-2.0
//
// A channel's memory, checked, and this process as one of its participants: see channel.h.
#ifndef PEER_PARTICIPANT_H
#define PEER_PARTICIPANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../channel.h"

/** What a channel answers besides the codes of errno. */
enum channel_error {
    CHANNEL_FOREIGN = 1001,       // the memory is no channel
    CHANNEL_OTHER_VERSION = 1002, // it is one of another version
    CHANNEL_DAMAGED = 1003,       // its numbers do not fit each other
    CHANNEL_REMOVED = 1004,       // its lock file is gone
    CHANNEL_TAKEN = 1005,         // all ends of that kind are taken
};

struct channel {
    unsigned char *memory; // NULL if this process does not take part
    size_t size;
    uint32_t senders, waiting, capacity, message_size;
    int lock;      // the lock file
    int index;     // whose byte this process has locked
    uint64_t word; // who this process is
};

/** The channel that this process takes part in. */
extern struct channel channel;

static inline uint64_t load64(uint64_t at) {
    return __atomic_load_n((uint64_t *) (channel.memory + at), __ATOMIC_ACQUIRE);
}

static inline void store64(uint64_t at, uint64_t value) {
    __atomic_store_n((uint64_t *) (channel.memory + at), value, __ATOMIC_RELEASE);
}

static inline uint32_t load32(uint64_t at) {
    return __atomic_load_n((uint32_t *) (channel.memory + at), __ATOMIC_ACQUIRE);
}

static inline void store32(uint64_t at, uint32_t value) {
    __atomic_store_n((uint32_t *) (channel.memory + at), value, __ATOMIC_RELEASE);
}

/** Replaces a number if it is still the expected one. */
static inline bool swap64(uint64_t at, uint64_t expected, uint64_t value) {
    return __atomic_compare_exchange_n(
        (uint64_t *) (channel.memory + at), &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static inline bool swap32(uint64_t at, uint32_t expected, uint32_t value) {
    return __atomic_compare_exchange_n(
        (uint32_t *) (channel.memory + at), &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/** Opens a channel's memory and takes part; answers an error and returns false if that cannot be. */
bool channel_join(const char *key);

/** Ends that. */
void channel_leave(void);

/** Takes a seat, if nobody alive has it. */
bool seat_take(uint64_t at);

/** Gives up a seat that this process has. */
void seat_leave(uint64_t at);

/** NOT_YET, PRESENT, CLOSED or DIED. */
const char *seat_presence(uint64_t at);

/** Wakes those who sleep at a wake word, after a change that they wait for. */
void channel_wake(uint64_t at);

#endif
