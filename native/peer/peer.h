// SPDX-License-Identifier: Apache-2.0
//
// The other side of each mechanism, in C: what peer.c and the mechanisms of one system agree on.
//
// The sources beside peer.c are the same everywhere. A system adds a folder with one source per mechanism, each of which
// defines the table of its verbs that is declared at the end of this file: posix/ does, and win32/. A mechanism that a
// system lacks is an empty table.
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** A verb of a mechanism. It replies exactly once, with one of the four functions below, or never returns. */
struct verb {
    const char *name;
    int least; // arguments that it needs; more may follow
    void (*run)(char **arguments);
};

/** Answers "ok". */
void reply_done(void);

#ifdef _WIN32
#define PRINTF_FORMAT __MINGW_PRINTF_FORMAT // there are two printf with mingw, and this is what stdio.h calls
#else
#define PRINTF_FORMAT printf
#endif

/** Answers "ok" and what follows. */
void reply(const char *format, ...) __attribute__((format(PRINTF_FORMAT, 1, 2)));

/** Answers "none": not in time, not now, or the end of the stream. */
void reply_none(void);

/** Answers "error", the code of the system and the call that failed. */
void refuse(const char *call, long code, const char *text);

/** Tells the harness one event in a way that survives this process: one atomic write to standard output. */
void event(char kind, uint64_t value);

/** Byte number `index` of the content that `seed` stands for. */
static inline unsigned char pattern(uint64_t seed, uint64_t index) {
    return (unsigned char) (seed + index * 31 + (index >> 8));
}

/** The checksum of zip and of java.util.zip.CRC32; start with 0. */
uint32_t crc32(uint32_t crc, const unsigned char *bytes, size_t count);

/** How long message number `sequence` is. */
size_t message_length(uint64_t sequence, size_t max);

/** Writes message number `sequence`: its number, the content that it stands for, a checksum. */
size_t message_write(unsigned char *message, uint64_t sequence, size_t max);

/** Checks a message that was received; true if it is whole. */
int message_read(const unsigned char *message, size_t length, size_t max, uint64_t *sequence);

/** The verbs of each mechanism; the last has no name. */
extern const struct verb sem_verbs[], shm_verbs[], mmap_verbs[], mq_verbs[], fifo_verbs[], pipe_verbs[], socket_verbs[];
extern const struct verb channel_verbs[], topic_verbs[], signal_verbs[], file_verbs[], self_verbs[];

#endif
