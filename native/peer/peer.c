// SPDX-License-Identifier: Apache-2.0
//
// A partner program for the tests: it does what the lines of its standard input say, and answers each with one line.
//
//     sem create /gate 3        ok /gate
//     sem wait                  ok
//     sem timedwait 100         none
//     mq open /absent           error 2 mq_open: No such file or directory
//
// With arguments it does that one thing: `ipc-peer mq unlink /jobs`. The peers in Java and Python speak the same lines.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#define write _write
#else
#include <unistd.h>
#endif

#include "peer.h"

enum { MOST_WORDS = 16, MESSAGE_FRAME = 12 };

static int failed;

void reply_done(void) {
    puts("ok");
    fflush(stdout);
}

void reply(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("ok ", stdout);
    vprintf(format, values);
    fputc('\n', stdout);
    fflush(stdout);
    va_end(values);
}

void reply_none(void) {
    puts("none");
    fflush(stdout);
}

void refuse(const char *call, long code, const char *text) {
    failed = 1;
    printf("error %ld %s: %s\n", code, call, text);
    fflush(stdout);
}

void event(char kind, uint64_t value) {
    unsigned char record[9] = {(unsigned char) kind};
    for (int i = 8; i > 0; i--, value >>= 8) {
        record[i] = (unsigned char) value;
    }
    if (write(1, record, sizeof record) != (int) sizeof record) {
        exit(3); // nobody listens any more
    }
}

uint32_t crc32(uint32_t crc, const unsigned char *bytes, size_t count) {
    crc = ~crc;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
        }
    }
    return ~crc;
}

size_t message_length(uint64_t sequence, size_t max) {
    return MESSAGE_FRAME + (size_t) (sequence * 7919 % (max - MESSAGE_FRAME + 1));
}

size_t message_write(unsigned char *message, uint64_t sequence, size_t max) {
    size_t length = message_length(sequence, max);
    for (int i = 0; i < 8; i++) {
        message[i] = (unsigned char) (sequence >> (56 - 8 * i));
    }
    for (size_t i = 8; i < length - 4; i++) {
        message[i] = pattern(sequence, i);
    }
    uint32_t crc = crc32(0, message, length - 4);
    for (int i = 0; i < 4; i++) {
        message[length - 4 + i] = (unsigned char) (crc >> (24 - 8 * i));
    }
    return length;
}

int message_read(const unsigned char *message, size_t length, size_t max, uint64_t *sequence) {
    if (length < MESSAGE_FRAME) {
        return 0;
    }
    *sequence = 0;
    for (int i = 0; i < 8; i++) {
        *sequence = *sequence << 8 | message[i];
    }
    uint32_t crc = 0;
    for (size_t i = length - 4; i < length; i++) {
        crc = crc << 8 | message[i];
    }
    return length == message_length(*sequence, max) && crc == crc32(0, message, length - 4);
}

static const struct {
    const char *name;
    const struct verb *verbs;
} mechanisms[] = {
    {"sem", sem_verbs},
    {"shm", shm_verbs},
    {"mmap", mmap_verbs},
    {"mq", mq_verbs},
    {"fifo", fifo_verbs},
    {"pipe", pipe_verbs},
    {"sock", socket_verbs},
    {"chan", channel_verbs},
    {"topic", topic_verbs},
    {"sig", signal_verbs},
    {"file", file_verbs},
    {"self", self_verbs},
};

static void obey(char **words, int count) {
    for (size_t m = 0; count >= 2 && m < sizeof mechanisms / sizeof *mechanisms; m++) {
        if (strcmp(words[0], mechanisms[m].name) != 0) {
            continue;
        }
        for (const struct verb *verb = mechanisms[m].verbs; verb->name != NULL; verb++) {
            if (strcmp(words[1], verb->name) == 0 && count - 2 >= verb->least) {
                verb->run(words + 2);
                return;
            }
        }
    }
    refuse(count > 0 ? words[0] : "", -1, "no such command, or too few arguments");
}

/** A line ends in the same byte everywhere, and a record of nine bytes stays what it is. */
static void use_bytes(void) {
#ifdef _WIN32
    _setmode(0, _O_BINARY);
    _setmode(1, _O_BINARY);
#endif
}

int main(int count, char **words) {
    use_bytes();
    if (count > 1) {
        obey(words + 1, count - 1);
        return failed;
    }
    static char line[1 << 16];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *split[MOST_WORDS] = {NULL};
        int found = 0;
        for (char *word = strtok(line, " \r\n"); word != NULL && found < MOST_WORDS; word = strtok(NULL, " \r\n")) {
            split[found++] = word;
        }
        obey(split, found);
    }
    return 0;
}
