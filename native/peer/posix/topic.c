// SPDX-License-Identifier: Apache-2.0
//
// A publisher and a subscriber of topics, by topic.h, whatever is done about slow subscribers. They wake the others; they
// themselves wait by looking again. To this publisher, a topic with damaged words is one without room.
#include <limits.h>
#include <stdio.h>

#include "messages.h"
#include "posix.h"
#include "topic_ring.h"

static struct {
    bool open;
    int64_t next;     // up to where messages are written
    int64_t sent;     // up to where they are published
    int64_t head;     // what the memory says, which this one need not believe
    int64_t sequence; // of the next message
    int64_t last;     // where the last one begins
    int64_t noted;    // the eighth, counted from position 0 on, that has its landmark
} publisher;

static struct {
    bool open;
    uint32_t index;
    int64_t handled;   // up to where messages are handled
    int64_t sequence;  // of the next message, unless some are missed
    int64_t overtaken; // how many bytes were, since the last message
    int64_t missed;
} subscriber;

static uint64_t size_by_numbers(void) {
    return load32(TOPIC_AT_SLOW) <= TOPIC_CUT_OFF ? topic_ring(joined.ends) + joined.capacity + TOPIC_MARGIN : 0;
}

static const struct layout layout = {"topic", TOPIC_MAGIC, TOPIC_AT_EPOCHS, TOPIC_AT_WORDS, size_by_numbers};

static void leave_if_last(void) {
    if (!publisher.open && !subscriber.open) {
        leave();
    }
}

static uint64_t words(uint32_t place) {
    return TOPIC_AT_WORDS + (uint64_t) place * TOPIC_WORDS_OF_PLACE;
}

static uint32_t places_in_use(void) {
    uint32_t places = load32(TOPIC_AT_PLACES_IN_USE);
    return places < joined.ends ? places : joined.ends;
}

/** Goes on where the last publisher was; false if there can be no such positions. */
static bool succeed(void) {
    int64_t tail = load(TOPIC_AT_TAIL), head = load(TOPIC_AT_HEAD);
    if (!is_position(tail) || !is_position(head) || head > tail || tail - head > joined.capacity) {
        return false;
    }
    for (int i = 0; i < TOPIC_EIGHTHS; i++) {
        if (load(landmark_at(i)) >= tail) {
            store(landmark_at(i), NONE);
        }
    }
    publisher.next = publisher.sent = tail;
    publisher.head = head;
    publisher.sequence = sequence_at(tail);
    publisher.noted = landmark(eighth_of(tail)) == NONE ? NONE : eighth_of(tail);
    wake(TOPIC_AT_MESSAGES);
    return publisher.sequence != NONE;
}

// openPublisher KEY
static void open_publisher(char **a) {
    if (!join(&layout, a[0])) {
        return;
    }
    if (!has_room_for_messages() || !seat_take(TOPIC_AT_PUBLISHER)) {
        refuse_joined(PARTICIPANT_TAKEN, "it has a publisher");
    } else if (!succeed()) {
        seat_leave(TOPIC_AT_PUBLISHER);
        refuse_joined(PARTICIPANT_DAMAGED, "its positions do not fit each other");
    } else {
        publisher.open = true;
        reply("%s", a[0]);
        return;
    }
    leave_if_last();
}

/** The last landmark that all subscribers have passed. */
static int64_t passed_by_all(void) {
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    int64_t slowest = publisher.sent;
    for (uint32_t i = 0; i < places_in_use(); i++) {
        int64_t position = load(words(i) + TOPIC_POSITION);
        if (position > publisher.sent) {
            return NONE; // damaged
        }
        if (position != NONE && position < slowest) {
            slowest = position > publisher.head ? position : publisher.head; // less, if it is just subscribing
        }
    }
    return last_landmark(slowest, publisher.sent);
}

/** Nobody waits for those any more that are before a position and proven to be gone. */
static void dismiss_the_dead(int64_t limit) {
    for (uint32_t i = 0; i < places_in_use(); i++) {
        uint64_t at = words(i) + TOPIC_POSITION;
        int64_t position = load(at);
        if (position != NONE && position < limit) {
            enum presence presence = seat_presence(words(i) + TOPIC_SUBSCRIBER);
            if (presence == CLOSED || presence == DIED) {
                swap64(at, (uint64_t) position, (uint64_t) NONE);
            }
        }
    }
}

static bool has_room(int64_t end) {
    return end - publisher.head <= joined.capacity;
}

/** Moves the head on so that there is room up to a position, if that may be. */
static void make_room(int64_t end) {
    int64_t enough = first_landmark(end - joined.capacity, publisher.sent);
    int64_t head = enough;
    if (load32(TOPIC_AT_SLOW) == TOPIC_WAIT) {
        head = passed_by_all();
        if (head < end - joined.capacity) {
            dismiss_the_dead(enough);
            head = passed_by_all();
        }
    }
    if (head > publisher.head) {
        publisher.head = head;
        store(TOPIC_AT_HEAD, head);
        __atomic_thread_fence(__ATOMIC_RELEASE); // before anything is written there
    }
}

static void publish(void) {
    publisher.sent = publisher.next;
    store(TOPIC_AT_TAIL, publisher.sent);
    wake(TOPIC_AT_MESSAGES);
}

/** Takes note of a message if it is the first of its eighth; what is not published is to be little then. */
static void note(int64_t position) {
    if (eighth_of(position) != publisher.noted) {
        if (position - publisher.sent > joined.capacity / 4) {
            publish();
        }
        publisher.noted = eighth_of(position);
        store(landmark_at(publisher.noted), position);
    }
}

/** Writes a message behind those that are written; it is not published yet. False if there is no room. */
static bool stage(const void *bytes, uint32_t length) {
    int64_t size = (int64_t) topic_size(length), left = to_end(publisher.next);
    int64_t end = publisher.next + (size <= left ? size : left + size);
    if (!has_room(end)) {
        make_room(end);
    }
    if (!has_room(end)) {
        return false;
    }
    if (size > left) {
        struct record gap = {.length = (uint32_t) left - TOPIC_PREFIX, .kind = TOPIC_GAP};
        memcpy(ring(publisher.next), &gap, sizeof gap);
        publisher.next += left;
    }
    struct record record = {length, TOPIC_MESSAGE, publisher.sequence++};
    memcpy(ring(publisher.next), &record, sizeof record);
    memcpy(ring(publisher.next) + TOPIC_PREFIX, bytes, length);
    note(publisher.next);
    publisher.last = publisher.next;
    publisher.next += size;
    return true;
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

static void position(char **a) {
    (void) a;
    reply("%" PRId64, publisher.last);
}

// subscribers: how many there are
static void subscribers(char **a) {
    (void) a;
    int count = 0;
    for (uint32_t i = 0; i < places_in_use(); i++) {
        count += seat_presence(words(i) + TOPIC_SUBSCRIBER) == PRESENT;
    }
    reply("%d", count);
}

static void close_publisher(char **a) {
    (void) a;
    seat_leave(TOPIC_AT_PUBLISHER);
    publisher.open = false;
    leave_if_last();
    reply_done();
}

// runPublisher HOW FIRST
static void run_publisher(char **a) {
    send_numbered(&sink, a[0], a[1]);
}

static void advance(int64_t position) {
    subscriber.handled = position;
    store(words(subscriber.index) + TOPIC_POSITION, position);
}

/** Begins behind what is published, which may be more all the time. */
static bool subscribe(void) {
    advance(load(TOPIC_AT_TAIL));
    use(TOPIC_AT_PLACES_IN_USE, subscriber.index);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    do {
        advance(load(TOPIC_AT_TAIL));
        subscriber.sequence = is_position(subscriber.handled) ? sequence_at(subscriber.handled) : NONE;
    } while (subscriber.sequence == NONE && load(TOPIC_AT_TAIL) != subscriber.handled);
    subscriber.overtaken = subscriber.missed = 0;
    return subscriber.sequence != NONE;
}

/** Gives up the place, for which nobody waits any more. */
static void unsubscribe(void) {
    store(words(subscriber.index) + TOPIC_POSITION, NONE);
    wake(TOPIC_AT_ROOM);
    seat_leave(words(subscriber.index) + TOPIC_SUBSCRIBER);
    subscriber.open = false;
    leave_if_last();
}

static bool take_place(void) {
    for (uint32_t i = 0; i < joined.ends && has_room_for_messages(); i++) {
        if (seat_take(words(i) + TOPIC_SUBSCRIBER)) {
            subscriber.index = i;
            return true;
        }
    }
    return false;
}

// openSubscriber KEY
static void open_subscriber(char **a) {
    if (!join(&layout, a[0])) {
        return;
    }
    if (!take_place()) {
        refuse_joined(PARTICIPANT_TAKEN, "it has all the subscribers that it can have");
        leave_if_last();
    } else if (!subscribe()) {
        refuse_joined(PARTICIPANT_DAMAGED, "there is no message before its tail");
        unsubscribe();
    } else {
        subscriber.open = true;
        reply("%s", a[0]);
    }
}

/** Counts what was missed before a message; false if it cannot be that one. */
static bool expect(int64_t sequence) {
    int64_t skipped = sequence - subscriber.sequence;
    if (skipped < 0 || skipped > subscriber.overtaken / TOPIC_PREFIX) {
        return false;
    }
    subscriber.missed += skipped;
    subscriber.sequence = sequence + 1;
    subscriber.overtaken = 0;
    return true;
}

/** Goes on at the head, which has passed this subscriber. */
static enum found be_overtaken(int64_t head) {
    if (load32(TOPIC_AT_SLOW) == TOPIC_CUT_OFF) {
        return CUT_OFF;
    }
    if (!is_position(head) || head > load(TOPIC_AT_TAIL)) {
        return DAMAGED;
    }
    subscriber.overtaken += head - subscriber.handled;
    advance(head);
    return NOTHING;
}

/** Handles the next message, if there is one: a copy of it, as if the publisher waited for nobody. */
static enum found handle_one(handler *handle) {
    static unsigned char copy[MOST_MESSAGE];
    enum found found = NOTHING;
    int64_t tail;
    while (found == NOTHING && (tail = load(TOPIC_AT_TAIL)) != subscriber.handled) {
        int64_t done = subscriber.handled;
        struct record record;
        int64_t size = read_record(done, tail, &record);
        bool is_message = size != 0 && record.kind == TOPIC_MESSAGE;
        if (is_message) {
            memcpy(copy, ring(done) + TOPIC_PREFIX, record.length);
        }
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        int64_t head = load(TOPIC_AT_HEAD);
        if (head > done) {
            found = be_overtaken(head);
            continue;
        }
        if (size == 0 || tail - done > joined.capacity || (is_message && !expect(record.sequence))) {
            return DAMAGED;
        }
        if (is_message) {
            handle(copy, record.length, (uint64_t) done);
            found = HANDLED;
        }
        advance(done + size);
        wake(TOPIC_AT_ROOM);
    }
    return found;
}

static void receive_within(long millis) {
    uint64_t place;
    const char *text = receive_text(handle_one, millis, &place);
    if (text != NULL) {
        reply("%" PRIu64 " %s", place, text);
    }
}

// receive: answers POSITION TEXT
static void receive(char **a) {
    (void) a;
    receive_within(LONG_MAX / 1000);
}

// timedreceive MILLIS
static void timedreceive(char **a) {
    receive_within(atol(a[0]));
}

// missed: how many messages
static void missed(char **a) {
    (void) a;
    reply("%" PRId64, subscriber.missed);
}

static void index_(char **a) {
    (void) a;
    reply("%" PRIu32, subscriber.index);
}

// publisher: what is known of it
static void publisher_(char **a) {
    (void) a;
    reply_presence(TOPIC_AT_PUBLISHER);
}

static void close_subscriber(char **a) {
    (void) a;
    unsubscribe();
    reply_done();
}

// runSubscriber HOW: by copies, whatever is said
static void run_subscriber(char **a) {
    (void) a;
    receive_numbered(handle_one);
}

const struct verb topic_verbs[] = {
    {"openPublisher", 1, open_publisher},
    {"openSubscriber", 1, open_subscriber},
    {"send", 1, send_},
    {"timedsend", 2, timedsend},
    {"position", 0, position},
    {"subscribers", 0, subscribers},
    {"closePublisher", 0, close_publisher},
    {"receive", 0, receive},
    {"timedreceive", 1, timedreceive},
    {"missed", 0, missed},
    {"index", 0, index_},
    {"publisher", 0, publisher_},
    {"closeSubscriber", 0, close_subscriber},
    {"runPublisher", 2, run_publisher},
    {"runSubscriber", 1, run_subscriber},
    {NULL, 0, NULL},
};
