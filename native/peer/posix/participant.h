// SPDX-License-Identifier: Apache-2.0
//
// The memory of a channel or a topic, checked, and this process as one of its participants: see channel.h. Both begin in
// the same way.
#ifndef PEER_PARTICIPANT_H
#define PEER_PARTICIPANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../channel.h"

/** What channels and topics answer besides the codes of errno. */
enum participant_error {
    PARTICIPANT_FOREIGN = 1001,       // the memory is something else
    PARTICIPANT_OTHER_VERSION = 1002, // it is of another version
    PARTICIPANT_DAMAGED = 1003,       // its numbers do not fit each other
    PARTICIPANT_REMOVED = 1004,       // its lock file is gone
    PARTICIPANT_TAKEN = 1005,         // all ends of that kind are taken
    PARTICIPANT_CUT_OFF = 1006,       // it was too slow for the publisher of a topic
};

/** In what channels and topics differ. */
struct layout {
    const char *word; // what it is called in answers
    const char *magic;
    uint64_t epochs;        // where they are
    uint64_t words;         // where the words of each end begin
    uint64_t (*size)(void); // how many bytes there are, by the numbers of `joined`; 0 if those cannot be
};

/** The one channel or topic that this process takes part in. */
struct joined {
    const struct layout *layout;
    unsigned char *memory; // NULL if there is none
    size_t size;
    uint32_t ends; // how many senders or subscribers there can be
    uint32_t waiting, capacity, message_size;
    int lock;      // the lock file
    int index;     // whose byte this process has locked
    uint64_t word; // who this process is
};

extern struct joined joined;

static inline uint64_t load64(uint64_t at) {
    return __atomic_load_n((uint64_t *) (joined.memory + at), __ATOMIC_ACQUIRE);
}

static inline void store64(uint64_t at, uint64_t value) {
    __atomic_store_n((uint64_t *) (joined.memory + at), value, __ATOMIC_RELEASE);
}

static inline uint32_t load32(uint64_t at) {
    return __atomic_load_n((uint32_t *) (joined.memory + at), __ATOMIC_ACQUIRE);
}

static inline void store32(uint64_t at, uint32_t value) {
    __atomic_store_n((uint32_t *) (joined.memory + at), value, __ATOMIC_RELEASE);
}

/** Replaces a number if it is still the expected one. */
static inline bool swap64(uint64_t at, uint64_t expected, uint64_t value) {
    return __atomic_compare_exchange_n(
        (uint64_t *) (joined.memory + at), &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static inline bool swap32(uint64_t at, uint32_t expected, uint32_t value) {
    return __atomic_compare_exchange_n(
        (uint32_t *) (joined.memory + at), &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/** Opens the memory and takes part, if it does not yet; answers an error and returns false if that cannot be. */
bool join(const struct layout *layout, const char *key);

/** Ends that. */
void leave(void);

/** Answers what is wrong with what this process has joined; returns false. */
bool refuse_joined(enum participant_error error, const char *text);

enum presence { NOT_YET, PRESENT, CLOSED, DIED };

/** What is known of who has a seat. */
enum presence seat_presence(uint64_t at);

/** Answers that. */
void reply_presence(uint64_t at);

/** Takes a seat, if nobody alive has it. */
bool seat_take(uint64_t at);

/** Gives up a seat that this process has. */
void seat_leave(uint64_t at);

/** Raises the number of rings or places in use to more than an index. */
void use(uint64_t at, uint32_t index);

/** Wakes those who sleep at a wake word, after a change that they wait for. */
void wake(uint64_t at);

#endif
