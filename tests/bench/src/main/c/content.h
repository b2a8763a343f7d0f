// SPDX-License-Identifier: Apache-2.0

/*
 * What is sent, as org.ipc4j.bench.compare.Content and Account: a message is its number, again and again; a large one is
 * copied and has it at both ends.
 */

#ifndef CONTENT_H
#define CONTENT_H

#include "common.h"
#include <errno.h>
#include <string.h>

#define BULK 2048
#define END 0x00ffffffffffffffLL

enum way { BATCHED, SINGLE, COPIED };

static enum way way;
static int length;
static int blocks;
static int by_longs; /* in place, no vector instructions: as the virtual machine's compiler does 64 bytes */
static char *block;  /* of this process alone, as long as a message */

static inline void fill_longs(char *message, int bytes, int64_t value) {
    if (by_longs) {
        for (int i = 0; i < bytes; i += 8) {
            *(volatile int64_t *) (message + i) = value;
        }
        return;
    }
    for (int i = 0; i < bytes; i += 8) {
        memcpy(message + i, &value, 8);
    }
}

static inline void fill(char *message, int64_t value) {
    switch (length) {
    case 8: fill_longs(message, 8, value); break;
    case 64: fill_longs(message, 64, value); break;
    default:
        if (length < BULK) {
            fill_longs(message, length, value);
        } else {
            if (message != block) {
                memcpy(message, block, length);
            }
            memcpy(message, &value, 8);
            memcpy(message + length - 8, &value, 8);
        }
    }
}

static inline int64_t number_of_longs(const char *message, int bytes) {
    int64_t first;
    int64_t wrong = 0;
    memcpy(&first, message, 8);
    if (by_longs) {
        for (int i = 8; i < bytes; i += 8) {
            wrong |= *(const volatile int64_t *) (message + i) ^ first;
        }
    } else {
        for (int i = 8; i < bytes; i += 8) {
            int64_t other;
            memcpy(&other, message + i, 8);
            wrong |= other ^ first;
        }
    }
    check(wrong == 0, "a message is torn");
    return first;
}

static inline int64_t number_of_ends(const char *message) {
    int64_t first;
    int64_t last;
    memcpy(&first, message, 8);
    memcpy(&last, message + length - 8, 8);
    check(first == last, "a message is torn");
    return first;
}

static inline int64_t number_of(const char *message, int size) {
    errno = 0;
    check(size == length, "a message has another length");
    switch (length) {
    case 8: return number_of_longs(message, 8);
    case 64: return number_of_longs(message, 64);
    default:
        if (length < BULK) {
            return number_of_longs(message, length);
        }
        memcpy(block, message, length);
        return number_of_ends(block);
    }
}

/* What was received. */

static int64_t expected;
static int64_t received;
static int ended;

static inline void account(int64_t value) {
    if (value != expected) {
        ended = value == END;
        errno = 0;
        check(ended, "a message is lost or comes twice");
    } else {
        expected = value + 1;
        received++;
    }
}

#endif
