// SPDX-License-Identifier: Apache-2.0
//
// socket(2), with descriptors and credentials.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "../stream.h"
#include "posix.h"

static int listening = -1;
static int fd = -1;

static int64_t write_some(const unsigned char *bytes, size_t count) {
    return send(fd, bytes, count, MSG_NOSIGNAL);
}

static int64_t read_some(unsigned char *bytes, size_t most) {
    return recv(fd, bytes, most, 0);
}

static const struct stream stream = {write_some, read_some, refuse_errno, "send", "recv"};

static int type_of(const char *word) {
    if (word != NULL && strcmp(word, "seqpacket") == 0) {
        return SOCK_SEQPACKET;
    }
    return word != NULL && strcmp(word, "dgram") == 0 ? SOCK_DGRAM : SOCK_STREAM;
}

static struct sockaddr_un address_of(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    return address;
}

static void reply_peer(void) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0) {
        reply("%d %u", (int) peer.pid, (unsigned) peer.uid);
    } else {
        refuse_errno("getsockopt");
    }
}

// serve PATH [TYPE]: as programs do that know nothing of locks
static void serve(char **a) {
    struct sockaddr_un address = address_of(a[0]);
    signal(SIGPIPE, SIG_IGN); // a write says EPIPE instead
    int made = socket(AF_UNIX, type_of(a[1]) | SOCK_CLOEXEC, 0);
    if (made < 0 || bind(made, (struct sockaddr *) &address, sizeof address) != 0) {
        refuse_errno("bind");
    } else if (type_of(a[1]) != SOCK_DGRAM && listen(made, 16) != 0) {
        refuse_errno("listen");
    } else {
        *(type_of(a[1]) == SOCK_DGRAM ? &fd : &listening) = made;
        reply("%s", a[0]);
    }
}

// accept: answers the client's pid and uid
static void accept_(char **a) {
    (void) a;
    fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
        refuse_errno("accept4");
    } else {
        reply_peer();
    }
}

// connect PATH [TYPE]: answers the server's pid and uid
static void connect_(char **a) {
    struct sockaddr_un address = address_of(a[0]);
    signal(SIGPIPE, SIG_IGN);
    fd = socket(AF_UNIX, type_of(a[1]) | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *) &address, sizeof address) != 0) {
        refuse_errno("connect");
    } else {
        reply_peer();
    }
}

// write TEXT
static void write_(char **a) {
    stream_write(&stream, a[0]);
}

// read: what there is, or the next message
static void read_(char **a) {
    (void) a;
    stream_read(&stream, STREAM_MOST);
}

// fill SIZE SEED
static void fill(char **a) {
    stream_fill(&stream, a[0], a[1]);
}

// drain: to the end
static void drain(char **a) {
    (void) a;
    stream_take(&stream, UINT64_MAX);
}

static void shutdown_(char **a) {
    (void) a;
    reply_to("shutdown", shutdown(fd, SHUT_WR));
}

/** Sends text, and so many copies of a descriptor. */
static int pass(const char *text, int descriptor, int copies) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(253 * sizeof(int))];
    } control = {0};
    struct iovec bytes = {(void *) (uintptr_t) text, strlen(text)};
    struct msghdr message = {
        .msg_iov = &bytes,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = CMSG_SPACE((size_t) copies * sizeof(int)),
    };
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN((size_t) copies * sizeof(int));
    for (int i = 0; i < copies; i++) {
        memcpy(CMSG_DATA(header) + (size_t) i * sizeof(int), &descriptor, sizeof(int));
    }
    return sendmsg(fd, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

// passPair TEXT: passes one end of a pair, and goes on with the other
static void pass_pair(char **a) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0 || pass(a[0], pair[0], 1) != 0) {
        refuse_errno("sendmsg");
        return;
    }
    close(pair[0]);
    close(fd);
    fd = pair[1];
    reply_done();
}

/** r, w or rw, as a file is opened. */
static int flags_of(const char *word) {
    if (word == NULL || strcmp(word, "r") == 0) {
        return O_RDONLY | O_CLOEXEC;
    }
    return (strcmp(word, "w") == 0 ? O_WRONLY : O_RDWR) | O_CLOEXEC;
}

// passFile PATH TEXT [COPIES [r|w|rw]]
static void pass_file(char **a) {
    int file = open(a[0], flags_of(a[2] == NULL ? NULL : a[3]));
    if (file < 0 || pass(a[1], file, a[2] == NULL ? 1 : atoi(a[2])) != 0) {
        refuse_errno("sendmsg");
        return;
    }
    close(file);
    reply_done();
}

static char text[1 << 16];

/** Receives text and a descriptor; -1 if there is none, -2 if that failed and was answered. */
static int take_descriptor(ssize_t *count) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec bytes = {text, sizeof text - 1};
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    *count = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    if (*count < 0) {
        refuse_errno("recvmsg");
        return -2;
    }
    text[*count] = '\0';
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    int taken = -1;
    if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        memcpy(&taken, CMSG_DATA(header), sizeof taken);
    }
    return taken;
}

// take: reads text and a descriptor; goes on with that if it is a socket, answers the text and what it is
static void take(char **a) {
    (void) a;
    ssize_t count;
    int taken = take_descriptor(&count);
    if (taken == -2) {
        return;
    }
    struct stat facts;
    if (taken < 0 || fstat(taken, &facts) != 0) {
        reply("%s NOTHING", text);
    } else if (S_ISSOCK(facts.st_mode)) {
        close(fd);
        fd = taken;
        reply("%s SOCKET", text);
    } else {
        close(taken);
        reply("%s %s", text, S_ISREG(facts.st_mode) ? "FILE" : "OTHER");
    }
}

// keep: reads text and a descriptor, answers the text and a path to what was received, as long as this process lives
static void keep(char **a) {
    (void) a;
    ssize_t count;
    int taken = take_descriptor(&count);
    if (taken == -1) {
        refuse("recvmsg", 0, "no descriptor came");
    } else if (taken >= 0) {
        reply("%s /proc/%ld/fd/%d", text, (long) getpid(), taken);
    }
}

// sendto PATH TEXT: a datagram, through the socket that serves or one without a name
static void sendto_(char **a) {
    struct sockaddr_un address = address_of(a[0]);
    int through = fd >= 0 ? fd : socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ssize_t sent =
        sendto(through, a[1], strlen(a[1]), MSG_NOSIGNAL, (struct sockaddr *) &address, sizeof address);
    if (sent < 0) {
        refuse_errno("sendto");
    } else {
        reply_done();
    }
    if (through != fd) {
        close(through);
    }
}

static void close_(char **a) {
    (void) a;
    if (fd >= 0) {
        close(fd);
    }
    if (listening >= 0) {
        close(listening);
    }
    fd = listening = -1;
    reply_done();
}

// unlink PATH
static void unlink_(char **a) {
    reply_to("unlink", unlink(a[0]));
}

// runWriter SIZE
static void run_writer(char **a) {
    stream_run_writer(&stream, a[0]);
}

const struct verb socket_verbs[] = {
    {"serve", 1, serve},
    {"accept", 0, accept_},
    {"connect", 1, connect_},
    {"write", 1, write_},
    {"read", 0, read_},
    {"fill", 2, fill},
    {"drain", 0, drain},
    {"shutdown", 0, shutdown_},
    {"passPair", 1, pass_pair},
    {"passFile", 2, pass_file},
    {"take", 0, take},
    {"keep", 0, keep},
    {"sendto", 2, sendto_},
    {"close", 0, close_},
    {"unlink", 1, unlink_},
    {"runWriter", 1, run_writer},
    {NULL, 0, NULL},
};
