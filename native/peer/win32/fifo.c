// SPDX-License-Identifier: Apache-2.0
//
// A named pipe that goes one way, as foreign programs write it: the reader is the server, and has a single instance.
#include "win32.h"

enum { PIPE_BUFFER = 1 << 16 };

static HANDLE pipe_;
static unsigned char buffer[1 << 16];

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

static BOOL write_all(const unsigned char *bytes, size_t count) {
    DWORD done;
    for (; count > 0; bytes += done, count -= done) {
        if (!WriteFile(pipe_, bytes, (DWORD) count, &done, NULL)) {
            return FALSE;
        }
    }
    return TRUE;
}

// write TEXT
static void write_(char **a) {
    if (write_all((unsigned char *) a[0], strlen(a[0]))) {
        reply_done();
    } else {
        refuse_last_error("WriteFile");
    }
}

/** Reads what there is; 0 at the end of the stream. */
static BOOL read_some(DWORD *count) {
    if (ReadFile(pipe_, buffer, sizeof buffer - 1, count, NULL)) {
        return TRUE;
    }
    *count = 0;
    return GetLastError() == ERROR_BROKEN_PIPE;
}

// read: what there is
static void read_(char **a) {
    (void) a;
    DWORD count;
    if (!read_some(&count)) {
        refuse_last_error("ReadFile");
    } else if (count == 0) {
        reply_none();
    } else {
        buffer[count] = '\0';
        reply("%s", (char *) buffer);
    }
}

// fill SIZE SEED: writes so many bytes
static void fill(char **a) {
    uint64_t size = strtoull(a[0], NULL, 10);
    uint64_t seed = strtoull(a[1], NULL, 10);
    for (uint64_t at = 0; at < size;) {
        size_t count = 0;
        while (count < sizeof buffer && at < size) {
            buffer[count++] = pattern(seed, at++);
        }
        if (!write_all(buffer, count)) {
            refuse_last_error("WriteFile");
            return;
        }
    }
    reply_done();
}

// drain: reads to the end, answers how many bytes there were and their checksum
static void drain(char **a) {
    (void) a;
    uint64_t total = 0;
    uint32_t crc = 0;
    DWORD count;
    BOOL well;
    while ((well = read_some(&count)) && count > 0) {
        crc = crc32(crc, buffer, count);
        total += count;
    }
    if (well) {
        reply("%llu %08x", (unsigned long long) total, crc);
    } else {
        refuse_last_error("ReadFile");
    }
}

static void close_(char **a) {
    (void) a;
    close_handle(&pipe_);
}

// runWriter SIZE: writes records of so many bytes, of the stream that seed 0 stands for, until it is killed.
static void run_writer(char **a) {
    size_t size = strtoul(a[0], NULL, 10);
    reply_done();
    for (uint64_t at = 0;; at += size) {
        for (size_t i = 0; i < size; i++) {
            buffer[i] = pattern(0, at + i);
        }
        event('w', at + size);
        event(write_all(buffer, size) ? 'W' : 'X', at + size);
    }
}

const struct verb fifo_verbs[] = {
    {"make", 1, make},
    {"reader", 1, reader},
    {"writer", 1, writer},
    {"write", 1, write_},
    {"read", 0, read_},
    {"fill", 2, fill},
    {"drain", 0, drain},
    {"close", 0, close_},
    {"runWriter", 1, run_writer},
    {NULL, 0, NULL},
};
