// SPDX-License-Identifier: Apache-2.0

/*
 * A named pipe, or a UNIX-domain stream socket. Each message is a write of its own; what is there is read at once. Since
 * all messages have the same length, there is nothing else between them.
 */

#ifndef STREAM_H
#define STREAM_H

#include "content.h"
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define READ_BYTES (64 * 1024)

struct stream {
    int listening; /* has nobody to talk to before it is used */
    int fd;
    char *buffer;
    int bytes;
};

/* Both ways, so that to open it does not wait for the other side. */
static struct stream open_pipe(const char *path, int create) {
    if (create) {
        check(mkfifo(path, 0600) == 0, path);
    }
    int fd = open(path, O_RDWR | (blocks ? 0 : O_NONBLOCK));
    check(fd >= 0, path);
    return (struct stream) {.listening = -1, .fd = fd};
}

static void do_not_block(int fd) {
    check(blocks || fcntl(fd, F_SETFL, O_NONBLOCK) == 0, "fcntl");
}

static struct stream open_socket(const char *path, int create) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    check(strlen(path) < sizeof address.sun_path, "a path is too long");
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    check(fd >= 0, "socket");
    if (create) {
        check(bind(fd, (struct sockaddr *) &address, sizeof address) == 0, path);
        check(listen(fd, 1) == 0, "listen");
        return (struct stream) {.listening = fd, .fd = -1};
    }
    check(connect(fd, (struct sockaddr *) &address, sizeof address) == 0, path);
    do_not_block(fd);
    return (struct stream) {.listening = -1, .fd = fd};
}

static inline void connect_first(struct stream *stream) {
    if (stream->fd < 0) {
        stream->fd = accept(stream->listening, NULL, NULL);
        check(stream->fd >= 0, "accept");
        do_not_block(stream->fd);
    }
}

static inline int stream_send(struct stream *stream, int64_t value, int count) {
    connect_first(stream);
    for (int sent = 0; sent < count; sent++) {
        fill(block, value + sent);
        for (int done = 0; done < length;) {
            ssize_t written = write(stream->fd, block + done, length - done);
            check(written >= 0 || errno == EAGAIN, "write");
            if (written > 0) {
                done += written;
            } else if (done == 0) {
                return sent;
            } else {
                relax();
            }
        }
    }
    return count;
}

static inline int stream_receive(struct stream *stream, void (*handle)(int64_t)) {
    connect_first(stream);
    int room = length > READ_BYTES ? length : READ_BYTES / length * length;
    if (!stream->buffer) {
        stream->buffer = malloc(room);
    }
    ssize_t got = read(stream->fd, stream->buffer + stream->bytes, room - stream->bytes);
    check(got > 0 || errno == EAGAIN, "read");
    if (got > 0) {
        stream->bytes += got;
    }
    int count = stream->bytes / length;
    for (int i = 0; i < count; i++) {
        const char *message = stream->buffer + i * length;
        errno = 0;
        handle(length < BULK ? number_of(message, length) : number_of_ends(message));
    }
    stream->bytes -= count * length;
    memmove(stream->buffer, stream->buffer + count * length, stream->bytes);
    return count;
}

#endif
