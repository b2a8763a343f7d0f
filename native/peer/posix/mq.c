// SPDX-License-Identifier: Apache-2.0
//
// mq_open(3) and friends.
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>

#include "posix.h"

static mqd_t queue = (mqd_t) -1;
static struct mq_attr attributes;
static unsigned char *buffer;

static void opened(const char *key) {
    if (queue == (mqd_t) -1 || mq_getattr(queue, &attributes) != 0) {
        refuse_errno("mq_open");
        return;
    }
    free(buffer);
    buffer = malloc((size_t) attributes.mq_msgsize + 1);
    if (buffer == NULL) {
        refuse_errno("malloc");
        return;
    }
    reply("%s", key);
}

// create KEY CAPACITY SIZE [MODE]
static void create(char **a) {
    struct mq_attr wanted = {.mq_maxmsg = atol(a[1]), .mq_msgsize = atol(a[2])};
    queue = mq_open(a[0], O_RDWR | O_CREAT | O_EXCL, mode_of(a[3]), &wanted);
    opened(a[0]);
}

// open KEY
static void open_(char **a) {
    queue = mq_open(a[0], O_RDWR);
    opened(a[0]);
}

// send PRIORITY TEXT
static void send_(char **a) {
    reply_to("mq_send", mq_send(queue, a[1], strlen(a[1]), (unsigned) atoi(a[0])));
}

// timedsend MILLIS PRIORITY TEXT
static void timedsend(char **a) {
    struct timespec time = after_millis(a[0]);
    reply_to("mq_send", mq_timedsend(queue, a[2], strlen(a[2]), (unsigned) atoi(a[1]), &time));
}

static void received(ssize_t length, unsigned priority) {
    if (length >= 0) {
        buffer[length] = '\0';
        reply("%u %s", priority, (char *) buffer);
    } else if (errno == ETIMEDOUT) {
        reply_none();
    } else {
        refuse_errno("mq_receive");
    }
}

static void receive(char **a) {
    (void) a;
    unsigned priority;
    ssize_t length = mq_receive(queue, (char *) buffer, (size_t) attributes.mq_msgsize, &priority);
    received(length, priority);
}

// timedreceive MILLIS
static void timedreceive(char **a) {
    unsigned priority = 0;
    struct timespec time = after_millis(a[0]);
    ssize_t length = mq_timedreceive(queue, (char *) buffer, (size_t) attributes.mq_msgsize, &priority, &time);
    received(length, priority);
}

static void attributes_(char **a) {
    (void) a;
    if (mq_getattr(queue, &attributes) == 0) {
        reply("%ld %ld %ld", attributes.mq_maxmsg, attributes.mq_msgsize, attributes.mq_curmsgs);
    } else {
        refuse_errno("mq_getattr");
    }
}

static void close_(char **a) {
    (void) a;
    reply_to("mq_close", mq_close(queue));
}

// unlink KEY
static void unlink_(char **a) {
    reply_to("mq_unlink", mq_unlink(a[0]));
}

// runSender FIRST: sends numbered messages until it is killed.
static void run_sender(char **a) {
    uint64_t sequence = strtoull(a[0], NULL, 10);
    size_t max = (size_t) attributes.mq_msgsize;
    reply_done();
    for (;; sequence++) {
        size_t length = message_write(buffer, sequence, max);
        event('s', sequence);
        while (mq_send(queue, (char *) buffer, length, (unsigned) (sequence % 4)) != 0) {
            if (errno != EINTR) {
                event('X', sequence);
                return;
            }
        }
        event('S', sequence);
    }
}

// runReceiver: receives until it is killed.
static void run_receiver(char **a) {
    (void) a;
    size_t max = (size_t) attributes.mq_msgsize;
    reply_done();
    for (;;) {
        unsigned priority;
        uint64_t sequence = 0;
        event('r', 0);
        ssize_t length = mq_receive(queue, (char *) buffer, max, &priority);
        if (length < 0 && errno == EINTR) {
            continue;
        }
        int whole = length >= 0 && message_read(buffer, (size_t) length, max, &sequence) && priority == sequence % 4;
        event(whole ? 'R' : 'X', sequence);
    }
}

const struct verb mq_verbs[] = {
    {"create", 3, create},
    {"open", 1, open_},
    {"send", 2, send_},
    {"timedsend", 3, timedsend},
    {"receive", 0, receive},
    {"timedreceive", 1, timedreceive},
    {"attributes", 0, attributes_},
    {"close", 0, close_},
    {"unlink", 1, unlink_},
    {"runSender", 1, run_sender},
    {"runReceiver", 0, run_receiver},
    {NULL, 0, NULL},
};
