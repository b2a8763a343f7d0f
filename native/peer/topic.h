// SPDX-License-Identifier: Apache-2.0
//
// The topics of ipc4j, version 1: what is where in their memory, and what a process does to take part. Programs in any
// language may join a topic by this; it says the same as TopicLayout in ipc-jvm. What participants, seats and wake words
// are is told in channel.h.
//
// The memory of the topic NAME is what shm_open("/ipc4j-topic.NAME") opens. Numbers are in the machine's byte order.
// "Load", "store" and "swap" are atomic; a load acquires and a store releases unless it says otherwise.
//
//     0  char  magic[8]        "ipc4jTO "
//     8  int   version         1; stored last, so that whoever loads it sees everything. 0 for up to 2 s: in the making
//    12  int   (unused)
//    16  long  byte size       of the whole
//    24  long  family          these two, in 16 hexadecimal digits each, name the lock file,
//    32  long  id              /dev/shm/ipc4j-lock.FAMILY.ID
//    40  int   subscribers     how many there can be, 1 to 64
//    44  int   waiting         0 SPIN, 1 BACKOFF, 2 BLOCK
//    48  int   capacity        how many bytes the ring has, a power of two, 4096 to 2^30
//    52  int   message size    how many bytes a message has at most, a quarter of the capacity or less
//    56  int   slow            0 WAIT, 1 OVERWRITE, 2 CUT_OFF: what the publisher does about a slow subscriber
//   128  long  publisher       a seat: who is the publisher
//   136  int   mute            1 if that one does not wake subscribers, who then look by themselves
//   256  int   places in use   places from here on have never had a subscriber; it only grows
//   384  long  tail            up to where messages are published. Stored by the publisher
//   512  long  head            where the oldest message is; what is before it may be written over. Stored by the publisher
//   520  long  landmarks[8]    of each eighth of the ring: the position of the first message that began there most
//                              recently, or -1. Stored by the publisher, before the tail that is behind that message
//   640  int   messages        a wake word: where subscribers sleep, if waiting is BLOCK
//   768  int   room            a wake word: where the publisher sleeps, if it waits for subscribers
//  1024  long  epochs[1024]    one of each participant
//
//  9216  the words of the subscribers, 256 bytes for each place:
//        +0    long  subscriber  a seat: who has the place
//        +8    int   mute        1 if that one does not wake the publisher
//        +128  long  position    up to where it has handled, now and then; -1 if it is not to be waited for
//
//        the ring, from the next multiple of 4096 on. Position p is at p modulo its capacity. There, at multiples of 16:
//        +0    int   length    of the message
//        +4    int   kind      0 a message, 1 a gap up to the end of the ring
//        +8    long  sequence  how many messages there were before it, ever; nothing in a gap
//        +16   bytes           the message, up to the next multiple of 16
//
//        and behind it 4096 bytes that nobody uses
//
// A publisher begins at the tail, forgets landmarks that are not before it, and counts on from the sequence of the last
// message, which it finds by going from the last landmark to the tail. It writes between tail and head + capacity;
// storing the tail publishes. For room it moves the head on first, always to a landmark before the tail: one that
// overwrites to any that makes room enough, then with a store-store fence before it writes; one that waits no further
// than any position that is not -1, having fenced fully before it loaded them. A place whose subscriber is proven to be
// dead is given the position -1, by swap. Before it notes a landmark more than a quarter of the ring behind the tail, it
// publishes what is before that: the landmarks of what is never published must not take the place of all others.
//
// A subscriber takes the seat of a place, stores the tail as its position, raises "places in use" above its place,
// fences fully, and stores the tail as it is now, where it begins. If the publisher waits, it may read in place, and
// stores its position when it has. Otherwise it copies a message, then has a load-load fence, and then loads the head: if
// that has passed the message, the copy is worth nothing, and it goes on at the head, unless it is cut off then; the next
// sequence tells how many messages it has missed. Before it gives up its seat it stores -1 as its position. Whoever does
// only the reading, and takes no place, is one that nobody knows of: it may look at every topic, read-only. It believes
// nothing: what does not fit is a damaged topic.
#ifndef IPC4J_TOPIC_H
#define IPC4J_TOPIC_H

#include <stdint.h>

#define TOPIC_MAGIC "ipc4jTO "

enum topic_layout {
    TOPIC_VERSION = 1,

    TOPIC_AT_SUBSCRIBERS = 40,
    TOPIC_AT_SLOW = 56,
    TOPIC_AT_PUBLISHER = 128,
    TOPIC_AT_PLACES_IN_USE = 256,
    TOPIC_AT_TAIL = 384,
    TOPIC_AT_HEAD = 512,
    TOPIC_AT_LANDMARKS = 520,
    TOPIC_AT_MESSAGES = 640,
    TOPIC_AT_ROOM = 768,
    TOPIC_AT_EPOCHS = 1024,
    TOPIC_AT_WORDS = 9216,

    TOPIC_WAIT = 0,
    TOPIC_OVERWRITE = 1,
    TOPIC_CUT_OFF = 2,

    TOPIC_EIGHTHS = 8, // one landmark of each

    TOPIC_WORDS_OF_PLACE = 256, // and in those:
    TOPIC_SUBSCRIBER = 0,
    TOPIC_POSITION = 128,

    TOPIC_PREFIX = 16,
    TOPIC_MESSAGE = 0,
    TOPIC_GAP = 1,

    TOPIC_PAGE = 4096,
    TOPIC_MARGIN = 4096,
};

/** Where the ring is. */
static inline uint64_t topic_ring(uint32_t subscribers) {
    uint64_t words = TOPIC_AT_WORDS + (uint64_t) subscribers * TOPIC_WORDS_OF_PLACE;
    return (words + TOPIC_PAGE - 1) & ~(uint64_t) (TOPIC_PAGE - 1);
}

/** How many bytes of the ring a message takes. */
static inline uint64_t topic_size(uint32_t length) {
    return ((uint64_t) length + TOPIC_PREFIX + 15) & ~(uint64_t) 15;
}

#endif
