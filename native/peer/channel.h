// SPDX-License-Identifier: Apache-2.0
//
// The channels of ipc4j, version 1: what is where in their memory, and what a process does to take part. Programs in
// any language may join a channel by this; it says the same as ChannelLayout in ipc-jvm.
//
// The memory of the channel NAME is what shm_open("/ipc4j-ch.NAME") opens. Numbers are in the machine's byte order.
// "Load", "store" and "swap" are atomic; a load acquires and a store releases unless it says otherwise.
//
//     0  char  magic[8]        "ipc4jCH "
//     8  int   version         1; stored last, so that whoever loads it sees everything. 0 for up to 2 s: in the making
//    12  int   (unused)
//    16  long  byte size       of the whole
//    24  long  family          these two, in 16 hexadecimal digits each, name the lock file,
//    32  long  id              /dev/shm/ipc4j-lock.FAMILY.ID
//    40  int   senders         how many rings there are, 1 to 64
//    44  int   waiting         0 SPIN, 1 BACKOFF, 2 BLOCK
//    48  int   capacity        how many bytes a ring has, a power of two, 4096 to 2^30
//    52  int   message size    how many bytes a message has at most, a quarter of the capacity or less
//   128  long  receiver        a seat: who is the receiver
//   136  int   mute            1 if that one does not wake senders, who then look by themselves
//   256  int   rings in use    rings from here on have never had a sender; it only grows
//   384  int   messages        a wake word: where the receiver sleeps, if waiting is BLOCK
//   512  long  epochs[1024]    one of each participant
//
//  8704  the words of the rings, 640 bytes for each ring:
//        +0    long  sender    a seat: who is the sender
//        +8    int   mute      1 if that one does not wake the receiver
//        +128  long  tail      up to where messages are sent. Stored by the sender
//        +256  long  head      up to where the room may be used again. Stored by the receiver, now and then
//        +384  long  handled   up to where messages are handled. Stored by the receiver, after each; relaxed is enough
//        +512  int   room      a wake word: where the sender sleeps, if waiting is BLOCK
//
//        the rings, one after the other, from the next multiple of 4096 on. Position p of a ring is at p modulo its
//        capacity. There, at multiples of 8:
//        +0    int   length    of the message
//        +4    int   kind      0 a message, 1 a gap up to the end of the ring
//        +8    bytes           the message, up to the next multiple of 8
//
//        and behind the last one 4096 bytes that nobody uses
//
// A participant is a process. It is one as long as it has byte i of the lock file locked for writing, by fcntl(2), for
// some i below 1024. Having locked it, it makes sure that the file still has its name (else the channel has been
// removed, and its memory is of no use), and raises epochs[i] by one, from 2^46 - 1 or what is negative to 1. Its word
// is epochs[i] << 16 | i + 1. A word's owner is dead as soon as its byte is not locked or its epoch has changed;
// nothing else proves a death, and no time does. Locks are of the OFD kind or the classic one; of the latter, a process
// must never close a second descriptor of the file.
//
// A seat is 0 before anybody had it, then the word of the participant who has it, or the complement of that after he
// has given it up. It is taken by a swap, from nobody, from who gave it up, or from one who is proven dead. There is
// one handle to a seat; a process does not take it from itself.
//
// A sender begins at the tail, whatever the one before it had written behind that. A message and its length, up to the
// next multiple of 8, must lie within one turn of the ring, else a gap fills the rest of that turn; and all of it
// between tail and head + capacity. Storing the tail sends it.
//
// A receiver begins at handled, and at once stores that as head: the one before it may have died between the two. It
// believes nothing: what does not fit is a damaged channel.
//
// A wake word is odd while somebody may be asleep there, in futex(2), not private. Who has stored a tail (or a head)
// loads the wake word, with a full fence in between, and swaps an odd one for the next even one; if he succeeds, he
// wakes all who sleep there. To sleep is more, see WakeWord in ipc-api; nobody has to. An end that does not wake says
// so: it is mute. (A JVM saves that fence, where the sleeper makes one for it by membarrier(2). Nobody else has to be
// registered for that: who fences himself misses no sleeper.)
#ifndef IPC4J_CHANNEL_H
#define IPC4J_CHANNEL_H

#include <stdint.h>

#define CHANNEL_MAGIC "ipc4jCH "

enum channel_layout {
    CHANNEL_VERSION = 1,

    CHANNEL_AT_MAGIC = 0,
    CHANNEL_AT_VERSION = 8,
    CHANNEL_AT_BYTE_SIZE = 16,
    CHANNEL_AT_FAMILY = 24,
    CHANNEL_AT_ID = 32,
    CHANNEL_AT_SENDERS = 40,
    CHANNEL_AT_WAITING = 44,
    CHANNEL_AT_CAPACITY = 48,
    CHANNEL_AT_MESSAGE_SIZE = 52,
    CHANNEL_AT_RECEIVER = 128,
    CHANNEL_AT_RINGS_IN_USE = 256,
    CHANNEL_AT_MESSAGES = 384,
    CHANNEL_AT_EPOCHS = 512,
    CHANNEL_AT_WORDS = 8704,

    CHANNEL_WORDS_OF_RING = 640, // and in those:
    CHANNEL_SENDER = 0,
    CHANNEL_TAIL = 128,
    CHANNEL_HEAD = 256,
    CHANNEL_HANDLED = 384,
    CHANNEL_ROOM = 512,

    CHANNEL_MUTE = 8, // from a seat on

    CHANNEL_PREFIX = 8,
    CHANNEL_MESSAGE = 0,
    CHANNEL_GAP = 1,

    CHANNEL_BLOCK = 2,
    CHANNEL_PARTICIPANTS = 1024,
    CHANNEL_INDEX_BITS = 16,
    CHANNEL_MOST_SENDERS = 64,
    CHANNEL_LEAST_CAPACITY = 4096,
    CHANNEL_MOST_CAPACITY = 1 << 30,
    CHANNEL_PAGE = 4096,
    CHANNEL_MARGIN = 4096,
};

/** Where the words of a ring are. */
static inline uint64_t channel_words(uint32_t ring) {
    return CHANNEL_AT_WORDS + (uint64_t) ring * CHANNEL_WORDS_OF_RING;
}

/** Where a ring is. */
static inline uint64_t channel_ring(uint32_t senders, uint32_t capacity, uint32_t ring) {
    uint64_t first = (channel_words(senders) + CHANNEL_PAGE - 1) & ~(uint64_t) (CHANNEL_PAGE - 1);
    return first + (uint64_t) ring * capacity;
}

/** How many bytes of a ring a message takes. */
static inline uint64_t channel_size(uint32_t length) {
    return ((uint64_t) length + CHANNEL_PREFIX + 7) & ~(uint64_t) 7;
}

#endif
