// SPDX-License-Identifier: Apache-2.0
#include "stream.h"

#include <stdlib.h>
#include <string.h>

static unsigned char buffer[STREAM_MOST + 1];

static int write_all(const struct stream *stream, const unsigned char *bytes, size_t count) {
    while (count > 0) {
        int64_t done = stream->write(bytes, count);
        if (done < 0) {
            return 0;
        }
        bytes += done;
        count -= (size_t) done;
    }
    return 1;
}

void stream_write(const struct stream *stream, const char *text) {
    if (write_all(stream, (const unsigned char *) text, strlen(text))) {
        reply_done();
    } else {
        stream->refuse(stream->writing);
    }
}

void stream_read(const struct stream *stream, size_t most) {
    int64_t count = stream->read(buffer, most < STREAM_MOST ? most : STREAM_MOST);
    if (count < 0) {
        stream->refuse(stream->reading);
    } else if (count == 0) {
        reply_none();
    } else {
        buffer[count] = '\0';
        reply("%s", (char *) buffer);
    }
}

static void put_pattern(uint64_t seed, uint64_t at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer[i] = pattern(seed, at + i);
    }
}

/** How much there is to do at once. */
static size_t part(uint64_t size) {
    return size < sizeof buffer ? (size_t) size : sizeof buffer;
}

void stream_fill(const struct stream *stream, const char *size, const char *seed) {
    uint64_t left = strtoull(size, NULL, 10);
    for (uint64_t at = 0; left > 0;) {
        size_t count = part(left);
        put_pattern(strtoull(seed, NULL, 10), at, count);
        if (!write_all(stream, buffer, count)) {
            stream->refuse(stream->writing);
            return;
        }
        at += count;
        left -= count;
    }
    reply_done();
}

void stream_take(const struct stream *stream, uint64_t size) {
    uint64_t total = 0;
    uint32_t crc = 0;
    int64_t count;
    while (total < size && (count = stream->read(buffer, part(size - total))) != 0) {
        if (count < 0) {
            stream->refuse(stream->reading);
            return;
        }
        crc = crc32(crc, buffer, (size_t) count);
        total += (uint64_t) count;
    }
    reply("%llu %08x", (unsigned long long) total, crc);
}

void stream_run_writer(const struct stream *stream, const char *size) {
    size_t count = part(strtoull(size, NULL, 10));
    reply_done();
    for (uint64_t at = 0;; at += count) {
        put_pattern(0, at, count);
        event('w', at + count);
        event(write_all(stream, buffer, count) ? 'W' : 'X', at + count);
    }
}

void stream_run_reader(const struct stream *stream) {
    int64_t count;
    for (uint64_t at = 0; (count = stream->read(buffer, STREAM_MOST)) > 0; at += (uint64_t) count) {
        for (int64_t i = 0; i < count; i++) {
            if (buffer[i] != pattern(0, at + (uint64_t) i)) {
                event('X', at + (uint64_t) i);
            }
        }
        event('R', at + (uint64_t) count);
    }
    event('X', 0);
}
