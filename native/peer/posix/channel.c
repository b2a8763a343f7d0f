// SPDX-License-Identifier: Apache-2.0
//
// A sender and a receiver of channels, by channel.h. They wake the others; they themselves wait by looking again.
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "participant.h"
#include "posix.h"

enum { BATCH = 16, PAUSE_MICROS = 50, PLACE_BITS = 56 };

static struct {
    uint64_t words; // 0 if this process is no sender
    uint64_t ring;
    uint32_t index;
    uint64_t next; // up to where messages are written
    uint64_t last; // where the last one begins
} sender;

static struct {
    bool open;
    uint64_t handled[CHANNEL_MOST_SENDERS];
    uint32_t turn;
    uint32_t ring;     // of the last message
    uint64_t position; // of the last message
} receiver;

static unsigned char message[CHANNEL_MOST_CAPACITY / 1024];

/** Messages of this partner are small. */
static bool has_room_for_messages(void) {
    return channel.message_size < sizeof message;
}

static void leave_if_last(void) {
    if (sender.words == 0 && !receiver.open) {
        channel_leave();
    }
}

static void use_ring(uint32_t ring) {
    uint32_t in_use = load32(CHANNEL_AT_RINGS_IN_USE);
    while (in_use <= ring && !swap32(CHANNEL_AT_RINGS_IN_USE, in_use, ring + 1)) {
        in_use = load32(CHANNEL_AT_RINGS_IN_USE);
    }
}

// openSender KEY
static void open_sender(char **a) {
    if (!channel_join(a[0])) {
        return;
    }
    for (uint32_t i = 0; i < channel.senders && has_room_for_messages(); i++) {
        if (seat_take(channel_words(i) + CHANNEL_SENDER)) {
            use_ring(i);
            sender.words = channel_words(i);
            sender.ring = channel_ring(channel.senders, channel.capacity, i);
            sender.index = i;
            sender.next = load64(sender.words + CHANNEL_TAIL);
            reply("%s", a[0]);
            return;
        }
    }
    refuse("channel", CHANNEL_TAKEN, "it has all the senders that it can have");
    leave_if_last();
}

static void prefix(uint64_t position, uint32_t length, uint32_t kind) {
    unsigned char *at = channel.memory + sender.ring + (position & (channel.capacity - 1));
    memcpy(at, &length, sizeof length);
    memcpy(at + sizeof length, &kind, sizeof kind);
}

/** Writes a message behind those that are written; it is not sent yet. False if there is no room. */
static bool stage(const void *bytes, uint32_t length) {
    uint64_t position = sender.next;
    uint64_t size = channel_size(length);
    uint64_t to_end = channel.capacity - (position & (channel.capacity - 1));
    uint64_t needed = size <= to_end ? size : to_end + size;
    if (position + needed - load64(sender.words + CHANNEL_HEAD) > channel.capacity) {
        return false;
    }
    if (size > to_end) {
        prefix(position, (uint32_t) to_end - CHANNEL_PREFIX, CHANNEL_GAP);
        position += to_end;
    }
    prefix(position, length, CHANNEL_MESSAGE);
    memcpy(channel.memory + sender.ring + (position & (channel.capacity - 1)) + CHANNEL_PREFIX, bytes, length);
    sender.last = position;
    sender.next = position + size;
    return true;
}

static void publish(void) {
    store64(sender.words + CHANNEL_TAIL, sender.next);
    channel_wake(CHANNEL_AT_MESSAGES);
}

/** Whether something is done within so many milliseconds. */
static bool within(long millis, bool (*done)(void *), void *what) {
    for (long micros = 0; !done(what); micros += PAUSE_MICROS) {
        if (micros >= millis * 1000) {
            return false;
        }
        usleep(PAUSE_MICROS);
    }
    return true;
}

static bool send_text(void *text) {
    if (!stage(text, (uint32_t) strlen(text))) {
        return false;
    }
    publish();
    return true;
}

static void send_within(long millis, char *text) {
    if (strlen(text) > channel.message_size) {
        refuse("channel", EMSGSIZE, strerror(EMSGSIZE));
    } else if (within(millis, send_text, text)) {
        reply_done();
    } else {
        reply_none();
    }
}

// send TEXT
static void send_(char **a) {
    send_within(LONG_MAX / 1000, a[0]);
}

// timedsend MILLIS TEXT
static void timedsend(char **a) {
    send_within(atol(a[0]), a[1]);
}

static void index_(char **a) {
    (void) a;
    reply("%" PRIu32, sender.index);
}

static void position(char **a) {
    (void) a;
    reply("%" PRIu64, sender.last);
}

// receiver: what is known of it
static void receiver_(char **a) {
    (void) a;
    reply("%s", seat_presence(CHANNEL_AT_RECEIVER));
}

static void close_sender(char **a) {
    (void) a;
    seat_leave(sender.words + CHANNEL_SENDER);
    sender.words = 0;
    leave_if_last();
    reply_done();
}

/** Goes on behind what is handled; false if there can be no such positions. */
static bool succeed(void) {
    for (uint32_t i = 0; i < channel.senders; i++) {
        uint64_t words = channel_words(i);
        uint64_t head = load64(words + CHANNEL_HEAD), handled = load64(words + CHANNEL_HANDLED);
        if (head % 8 != 0 || handled % 8 != 0 || handled - head > channel.capacity) {
            return false;
        }
        receiver.handled[i] = handled;
        store64(words + CHANNEL_HEAD, handled);
        channel_wake(words + CHANNEL_ROOM);
    }
    return true;
}

// openReceiver KEY
static void open_receiver(char **a) {
    if (!channel_join(a[0])) {
        return;
    }
    if (!has_room_for_messages() || !seat_take(CHANNEL_AT_RECEIVER)) {
        refuse("channel", CHANNEL_TAKEN, "it has a receiver");
    } else if (!succeed()) {
        seat_leave(CHANNEL_AT_RECEIVER);
        refuse("channel", CHANNEL_DAMAGED, "its positions do not fit each other");
    } else {
        receiver.open = true;
        reply("%s", a[0]);
        return;
    }
    leave_if_last();
}

/** What is done with a message, in place. */
typedef void handler(const unsigned char *bytes, uint32_t length);

enum found { NOTHING, HANDLED, DAMAGED };

/** Handles the next message of a ring, if there is one. */
static enum found handle_one_of(uint32_t ring, handler *handle) {
    uint64_t words = channel_words(ring);
    uint64_t first = channel_ring(channel.senders, channel.capacity, ring);
    enum found found = NOTHING;
    while (found == NOTHING) {
        uint64_t done = receiver.handled[ring];
        uint64_t sent = load64(words + CHANNEL_TAIL) - done;
        if (sent == 0) {
            break;
        }
        uint64_t turn = done & (channel.capacity - 1);
        const unsigned char *at = channel.memory + first + turn;
        uint32_t length, kind;
        memcpy(&length, at, sizeof length);
        memcpy(&kind, at + sizeof length, sizeof kind);
        uint64_t size = channel_size(length), to_end = channel.capacity - turn;
        bool is_message = kind == CHANNEL_MESSAGE && length <= channel.message_size;
        bool is_gap = kind == CHANNEL_GAP && size == to_end;
        if (sent > channel.capacity || sent % 8 != 0 || size > sent || size > to_end || (!is_message && !is_gap)) {
            return DAMAGED;
        }
        if (is_message) {
            receiver.ring = ring;
            receiver.position = done;
            handle(at + CHANNEL_PREFIX, length);
            found = HANDLED;
        }
        receiver.handled[ring] = done + size;
        store64(words + CHANNEL_HANDLED, done + size);
        store64(words + CHANNEL_HEAD, done + size);
        channel_wake(words + CHANNEL_ROOM);
    }
    return found;
}

/** Handles one message, of each ring in its turn. */
static enum found handle_one(handler *handle) {
    uint32_t rings = load32(CHANNEL_AT_RINGS_IN_USE);
    rings = rings < channel.senders ? rings : channel.senders;
    enum found found = NOTHING;
    for (uint32_t i = 0; i < rings && found == NOTHING; i++) {
        found = handle_one_of(receiver.turn++ % rings, handle);
    }
    return found;
}

static void keep(const unsigned char *bytes, uint32_t length) {
    memcpy(message, bytes, length);
    message[length] = '\0';
}

static bool receive_text(void *found) {
    return (*(enum found *) found = handle_one(keep)) != NOTHING;
}

static void receive_within(long millis) {
    enum found found;
    if (!within(millis, receive_text, &found)) {
        reply_none();
    } else if (found == DAMAGED) {
        refuse("channel", CHANNEL_DAMAGED, "a record does not fit");
    } else {
        reply("%" PRIu32 " %" PRIu64 " %s", receiver.ring, receiver.position, (char *) message);
    }
}

// receive: answers SENDER POSITION TEXT
static void receive(char **a) {
    (void) a;
    receive_within(LONG_MAX / 1000);
}

// timedreceive MILLIS
static void timedreceive(char **a) {
    receive_within(atol(a[0]));
}

// sender INDEX: what is known of it
static void sender_(char **a) {
    uint32_t ring = (uint32_t) atoi(a[0]);
    if (ring < channel.senders) {
        reply("%s", seat_presence(channel_words(ring) + CHANNEL_SENDER));
    } else {
        refuse("channel", EINVAL, "there is no such sender");
    }
}

static void close_receiver(char **a) {
    (void) a;
    seat_leave(CHANNEL_AT_RECEIVER);
    receiver.open = false;
    leave_if_last();
    reply_done();
}

// runSender HOW FIRST: sends numbered messages until it is killed; "staged" sends a batch at once.
static void run_sender(char **a) {
    bool is_staged = strcmp(a[0], "staged") == 0;
    uint64_t next = strtoull(a[1], NULL, 10);
    reply_done();
    for (;; next += BATCH) {
        event('s', next);
        for (uint64_t i = next; i < next + BATCH; i++) {
            uint32_t length = (uint32_t) message_write(message, i, channel.message_size);
            while (!stage(message, length)) {
                publish();
            }
            if (!is_staged) {
                publish();
            }
        }
        publish();
        event('S', next + BATCH);
    }
}

static void tell(const unsigned char *bytes, uint32_t length) {
    uint64_t sequence = 0;
    int whole = message_read(bytes, length, channel.message_size, &sequence);
    event('p', (uint64_t) receiver.ring << PLACE_BITS | receiver.position);
    event(whole ? 'R' : 'X', sequence);
}

// runReceiver HOW: receives in place until it is killed.
static void run_receiver(char **a) {
    (void) a;
    reply_done();
    for (;;) {
        if (handle_one(tell) == DAMAGED) {
            event('X', 0);
            return;
        }
    }
}

const struct verb channel_verbs[] = {
    {"openSender", 1, open_sender},
    {"openReceiver", 1, open_receiver},
    {"send", 1, send_},
    {"timedsend", 2, timedsend},
    {"index", 0, index_},
    {"position", 0, position},
    {"receiver", 0, receiver_},
    {"closeSender", 0, close_sender},
    {"receive", 0, receive},
    {"timedreceive", 1, timedreceive},
    {"sender", 1, sender_},
    {"closeReceiver", 0, close_receiver},
    {"runSender", 2, run_sender},
    {"runReceiver", 1, run_receiver},
    {NULL, 0, NULL},
};
