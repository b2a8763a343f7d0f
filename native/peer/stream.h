// SPDX-License-Identifier: Apache-2.0
//
// What this partner does with a stream of bytes, whatever carries it.
#ifndef PEER_STREAM_H
#define PEER_STREAM_H

#include "peer.h"

enum { STREAM_MOST = (1 << 16) - 1 }; // to be read as a text

/** An open end; both calls return how many bytes it was, or -1. */
struct stream {
    int64_t (*write)(const unsigned char *bytes, size_t count);
    int64_t (*read)(unsigned char *bytes, size_t most); // what there is; 0 at the end
    void (*refuse)(const char *call);
    const char *writing, *reading; // what the calls are called
};

/** Writes a text. */
void stream_write(const struct stream *stream, const char *text);

/** Answers the text that there is. */
void stream_read(const struct stream *stream, size_t most);

/** Writes so many bytes of the content that a seed stands for. */
void stream_fill(const struct stream *stream, const char *size, const char *seed);

/** Reads so many bytes, or to the end, and answers how many there were and their checksum. */
void stream_take(const struct stream *stream, uint64_t size);

/** Writes records of so many bytes, of the stream that seed 0 stands for, until it is killed. */
void stream_run_writer(const struct stream *stream, const char *size);

/** Reads the stream that seed 0 stands for, until it is killed. */
void stream_run_reader(const struct stream *stream);

#endif
