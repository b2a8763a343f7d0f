// SPDX-License-Identifier: Apache-2.0
#include "messages.h"

#include <unistd.h>

#include "posix.h"

enum { BATCH = 16, PAUSE_MICROS = 50 };

static unsigned char message[MOST_MESSAGE];
static uint64_t message_place;

bool has_room_for_messages(void) {
    return joined.message_size < MOST_MESSAGE;
}

/** Whether to look again, having looked so often. */
static bool pause_unless(long millis, long looks) {
    if (looks * PAUSE_MICROS >= millis * 1000) {
        return false;
    }
    usleep(PAUSE_MICROS);
    return true;
}

void send_text(const struct sink *sink, long millis, char *text) {
    if (strlen(text) > joined.message_size) {
        refuse(joined.layout->word, EMSGSIZE, strerror(EMSGSIZE));
        return;
    }
    for (long looks = 0; !sink->stage(text, (uint32_t) strlen(text)); looks++) {
        if (!pause_unless(millis, looks)) {
            reply_none();
            return;
        }
    }
    sink->publish();
    reply_done();
}

void send_numbered(const struct sink *sink, const char *how, const char *first) {
    bool is_staged = strcmp(how, "staged") == 0;
    reply_done();
    for (uint64_t next = strtoull(first, NULL, 10);; next += BATCH) {
        event('s', next);
        for (uint64_t i = next; i < next + BATCH; i++) {
            uint32_t length = (uint32_t) message_write(message, i, joined.message_size);
            while (!sink->stage(message, length)) {
                sink->publish();
            }
            if (!is_staged) {
                sink->publish();
            }
        }
        sink->publish();
        event('S', next + BATCH);
    }
}

static void keep(const unsigned char *bytes, uint32_t length, uint64_t place) {
    memcpy(message, bytes, length);
    message[length] = '\0';
    message_place = place;
}

const char *receive_text(source *source, long millis, uint64_t *place) {
    enum found found = NOTHING;
    for (long looks = 0; (found = source(keep)) == NOTHING; looks++) {
        if (!pause_unless(millis, looks)) {
            reply_none();
            return NULL;
        }
    }
    switch (found) {
    case DAMAGED:
        refuse_joined(PARTICIPANT_DAMAGED, "a record does not fit");
        return NULL;
    case CUT_OFF:
        refuse_joined(PARTICIPANT_CUT_OFF, "this subscriber did not keep up");
        return NULL;
    default:
        *place = message_place;
        return (char *) message;
    }
}

static void tell(const unsigned char *bytes, uint32_t length, uint64_t place) {
    uint64_t sequence = 0;
    int whole = message_read(bytes, length, joined.message_size, &sequence);
    event('p', place);
    event(whole ? 'R' : 'X', sequence);
}

void receive_numbered(source *source) {
    reply_done();
    enum found found;
    do {
        found = source(tell);
    } while (found == NOTHING || found == HANDLED);
    event('X', 0);
}
