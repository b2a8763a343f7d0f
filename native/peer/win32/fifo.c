// SPDX-License-Identifier: Apache-2.0
//
// A named pipe that goes one way, as foreign programs write it: the reader is the server, and has a single instance.
#include "../stream.h"
#include "win32.h"

enum { PIPE_BUFFER = 1 << 16 };

static HANDLE pipe_;

static int64_t write_some(const unsigned char *bytes, size_t count) {
    DWORD done;
    return WriteFile(pipe_, bytes, (DWORD) count, &done, NULL) ? (int64_t) done : -1;
}

static int64_t read_some(unsigned char *bytes, size_t most) {
    DWORD count;
    if (ReadFile(pipe_, bytes, (DWORD) most, &count, NULL)) {
        return count;
    }
    return GetLastError() == ERROR_BROKEN_PIPE ? 0 : -1;
}

static const struct stream stream = {write_some, read_some, refuse_last_error, "WriteFile", "ReadFile"};

// make KEY [messages]: from here on a writer can open it
static void make(char **a) {
    BOOL messages = a[1] != NULL && strcmp(a[1], "messages") == 0;
    pipe_ = CreateNamedPipeW(
        wide(a[0]),
        PIPE_ACCESS_INBOUND,
        (messages ? PIPE_TYPE_MESSAGE : PIPE_TYPE_BYTE) | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
        1,
        PIPE_BUFFER,
        PIPE_BUFFER,
        0,
        NULL);
    if (pipe_ != INVALID_HANDLE_VALUE) {
        reply("%s", a[0]);
    } else {
        refuse_last_error("CreateNamedPipeW");
    }
}

// reader KEY: waits for a writer
static void reader(char **a) {
    // A writer that was quicker is no error, even if it has closed its end already.
    if (ConnectNamedPipe(pipe_, NULL) || GetLastError() == ERROR_PIPE_CONNECTED || GetLastError() == ERROR_NO_DATA) {
        reply("%s", a[0]);
    } else {
        refuse_last_error("ConnectNamedPipe");
    }
}

// writer KEY: waits for a free instance, not for the server
static void writer(char **a) {
    DWORD asWhom = SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;
    do {
        pipe_ = CreateFileW(wide(a[0]), GENERIC_WRITE, 0, NULL, OPEN_EXISTING, asWhom, NULL);
    } while (pipe_ == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY
             && WaitNamedPipeW(wide(a[0]), NMPWAIT_WAIT_FOREVER));
    if (pipe_ != INVALID_HANDLE_VALUE) {
        reply("%s", a[0]);
    } else {
        refuse_last_error("CreateFileW");
    }
}

// open KEY: the reading end of a pipe that another process writes to
static void open_(char **a) {
    pipe_ = CreateFileW(wide(a[0]), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (pipe_ != INVALID_HANDLE_VALUE) {
        reply("%s", a[0]);
    } else {
        refuse_last_error("CreateFileW");
    }
}

// write TEXT
static void write_(char **a) {
    stream_write(&stream, a[0]);
}

// read: what there is
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

static void close_(char **a) {
    (void) a;
    close_handle(&pipe_);
}

// runWriter SIZE
static void run_writer(char **a) {
    stream_run_writer(&stream, a[0]);
}

// runReader
static void run_reader(char **a) {
    (void) a;
    reply_done();
    stream_run_reader(&stream);
}

const struct verb fifo_verbs[] = {
    {"make", 1, make},
    {"reader", 1, reader},
    {"writer", 1, writer},
    {"open", 1, open_},
    {"write", 1, write_},
    {"read", 0, read_},
    {"fill", 2, fill},
    {"drain", 0, drain},
    {"close", 0, close_},
    {"runWriter", 1, run_writer},
    {"runReader", 0, run_reader},
    {NULL, 0, NULL},
};
