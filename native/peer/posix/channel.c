// SPDX-License-Identifier: Apache-2.0
//
// A sender and a receiver of channels, by channel.h. They wake the others; they themselves wait by looking again.
#include <limits.h>
#include <stdio.h>

#include "messages.h"
#include "posix.h"

static uint64_t size_by_numbers(void) {
    return channel_ring(joined.ends, joined.capacity, joined.ends) + CHANNEL_MARGIN;
}

static const struct layout layout = {"channel", CHANNEL_MAGIC, CHANNEL_AT_EPOCHS, CHANNEL_AT_WORDS, size_by_numbers};

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
} receiver;

static void leave_if_last(void) {
    if (sender.words == 0 && !receiver.open) {
        leave();
    }
}

// openSender KEY
static void open_sender(char **a) {
    if (!join(&layout, a[0])) {
        return;
    }
    for (uint32_t i = 0; i < joined.ends && has_room_for_messages(); i++) {
        if (seat_take(channel_words(i) + CHANNEL_SENDER)) {
            use(CHANNEL_AT_RINGS_IN_USE, i);
            sender.words = channel_words(i);
            sender.ring = channel_ring(joined.ends, joined.capacity, i);
            sender.index = i;
            sender.next = load64(sender.words + CHANNEL_TAIL);
            reply("%s", a[0]);
            return;
        }
    }
    refuse_joined(PARTICIPANT_TAKEN, "it has all the senders that it can have");
    leave_if_last();
}

static void prefix(uint64_t position, uint32_t length, uint32_t kind) {
    unsigned char *at = joined.memory + sender.ring + (position & (joined.capacity - 1));
    memcpy(at, &length, sizeof length);
    memcpy(at + sizeof length, &kind, sizeof kind);
}

/** Writes a message behind those that are written; it is not sent yet. False if there is no room. */
static bool stage(const void *bytes, uint32_t length) {
    uint64_t position = sender.next;
    uint64_t size = channel_size(length);
    uint64_t to_end = joined.capacity - (position & (joined.capacity - 1));
    uint64_t needed = size <= to_end ? size : to_end + size;
    if (position + needed - load64(sender.words + CHANNEL_HEAD) > joined.capacity) {
        return false;
    }
    if (size > to_end) {
        prefix(position, (uint32_t) to_end - CHANNEL_PREFIX, CHANNEL_GAP);
        position += to_end;
    }
    prefix(position, length, CHANNEL_MESSAGE);
    memcpy(joined.memory + sender.ring + (position & (joined.capacity - 1)) + CHANNEL_PREFIX, bytes, length);
    sender.last = position;
    sender.next = position + size;
    return true;
}

static void publish(void) {
    store64(sender.words + CHANNEL_TAIL, sender.next);
    wake(CHANNEL_AT_MESSAGES);
}

static const struct sink sink = {stage, publish};

// send TEXT
static void send_(char **a) {
    send_text(&sink, LONG_MAX / 1000, a[0]);
}

// timedsend MILLIS TEXT
static void timedsend(char **a) {
    send_text(&sink, atol(a[0]), a[1]);
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
    reply_presence(CHANNEL_AT_RECEIVER);
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
    for (uint32_t i = 0; i < joined.ends; i++) {
        uint64_t words = channel_words(i);
        uint64_t head = load64(words + CHANNEL_HEAD), handled = load64(words + CHANNEL_HANDLED);
        if (head % 8 != 0 || handled % 8 != 0 || handled - head > joined.capacity) {
            return false;
        }
        receiver.handled[i] = handled;
        store64(words + CHANNEL_HEAD, handled);
        wake(words + CHANNEL_ROOM);
    }
    return true;
}

// openReceiver KEY
static void open_receiver(char **a) {
    if (!join(&layout, a[0])) {
        return;
    }
    if (!has_room_for_messages() || !seat_take(CHANNEL_AT_RECEIVER)) {
        refuse_joined(PARTICIPANT_TAKEN, "it has a receiver");
    } else if (!succeed()) {
        seat_leave(CHANNEL_AT_RECEIVER);
        refuse_joined(PARTICIPANT_DAMAGED, "its positions do not fit each other");
    } else {
        receiver.open = true;
        reply("%s", a[0]);
        return;
    }
    leave_if_last();
}

/** Handles the next message of a ring, if there is one. */
static enum found handle_one_of(uint32_t ring, handler *handle) {
    uint64_t words = channel_words(ring);
    uint64_t first = channel_ring(joined.ends, joined.capacity, ring);
    enum found found = NOTHING;
    while (found == NOTHING) {
        uint64_t done = receiver.handled[ring];
        uint64_t sent = load64(words + CHANNEL_TAIL) - done;
        if (sent == 0) {
            break;
        }
        uint64_t turn = done & (joined.capacity - 1);
        const unsigned char *at = joined.memory + first + turn;
        uint32_t length, kind;
        memcpy(&length, at, sizeof length);
        memcpy(&kind, at + sizeof length, sizeof kind);
        uint64_t size = channel_size(length), to_end = joined.capacity - turn;
        bool is_message = kind == CHANNEL_MESSAGE && length <= joined.message_size;
        bool is_gap = kind == CHANNEL_GAP && size == to_end;
        if (sent > joined.capacity || sent % 8 != 0 || size > sent || size > to_end || (!is_message && !is_gap)) {
            return DAMAGED;
        }
        if (is_message) {
            handle(at + CHANNEL_PREFIX, length, (uint64_t) ring << POSITION_BITS | done);
            found = HANDLED;
        }
        receiver.handled[ring] = done + size;
        store64(words + CHANNEL_HANDLED, done + size);
        store64(words + CHANNEL_HEAD, done + size);
        wake(words + CHANNEL_ROOM);
    }
    return found;
}

/** Handles one message, of each ring in its turn. */
static enum found handle_one(handler *handle) {
    uint32_t rings = load32(CHANNEL_AT_RINGS_IN_USE);
    rings = rings < joined.ends ? rings : joined.ends;
    enum found found = NOTHING;
    for (uint32_t i = 0; i < rings && found == NOTHING; i++) {
        found = handle_one_of(receiver.turn++ % rings, handle);
    }
    return found;
}

static void receive_within(long millis) {
    uint64_t place;
    const char *text = receive_text(handle_one, millis, &place);
    if (text != NULL) {
        uint64_t position = place & (((uint64_t) 1 << POSITION_BITS) - 1);
        reply("%" PRIu64 " %" PRIu64 " %s", place >> POSITION_BITS, position, text);
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
    if (ring < joined.ends) {
        reply_presence(channel_words(ring) + CHANNEL_SENDER);
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

// runSender HOW FIRST
static void run_sender(char **a) {
    send_numbered(&sink, a[0], a[1]);
}

// runReceiver HOW: in place, whatever is said
static void run_receiver(char **a) {
    (void) a;
    receive_numbered(handle_one);
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
