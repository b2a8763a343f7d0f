// SPDX-License-Identifier: Apache-2.0
//
// What this partner does with messages, through a channel or a topic: texts one by one, numbered ones until it is killed.
// It waits by looking again.
#ifndef PEER_MESSAGES_H
#define PEER_MESSAGES_H

#include <inttypes.h>

#include "participant.h"

enum { POSITION_BITS = 56, MOST_MESSAGE = 1 << 20 };

/** A writing end. */
struct sink {
    bool (*stage)(const void *bytes, uint32_t length); // writes a message behind the others; false if there is no room
    void (*publish)(void);                             // sends what is written
};

/** Messages of this partner are shorter than MOST_MESSAGE. */
bool has_room_for_messages(void);

/** Sends a text within so many milliseconds, and answers. */
void send_text(const struct sink *sink, long millis, char *text);

/** Sends numbered messages from `first` on; "staged" sends a batch at once. Never returns. */
void send_numbered(const struct sink *sink, const char *how, const char *first);

/** What is done with a message; its place is its position and, above that, its ring. */
typedef void handler(const unsigned char *bytes, uint32_t length, uint64_t place);

enum found { NOTHING, HANDLED, DAMAGED, CUT_OFF };

/** A reading end: it handles one message, if there is one. */
typedef enum found source(handler *handle);

/** A message that was received as text; NULL if none came within so many milliseconds, which is answered. */
const char *receive_text(source *source, long millis, uint64_t *place);

/** Receives numbered messages. Returns only if the memory is damaged. */
void receive_numbered(source *source);

#endif
