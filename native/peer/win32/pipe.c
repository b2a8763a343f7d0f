// SPDX-License-Identifier: Apache-2.0
//
// A named pipe with a server and its clients, that goes both ways.
#include "win32.h"

enum { PIPE_BUFFER = 1 << 16 };

static char *key;
static DWORD mode;
static HANDLE listening;
static HANDLE connection;
static BOOL serves; // whether the connection is the server's end
static BOOL complete;
static unsigned char buffer[1 << 16];

/** Makes an instance to which the next client can connect. */
static BOOL listen_(DWORD flags) {
    listening = CreateNamedPipeW(
        wide(key),
        PIPE_ACCESS_DUPLEX | flags,
        mode | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
        PIPE_UNLIMITED_INSTANCES,
        PIPE_BUFFER,
        PIPE_BUFFER,
        0,
        NULL);
    return listening != INVALID_HANDLE_VALUE;
}

// create KEY [messages]
static void create(char **a) {
    free(key);
    key = _strdup(a[0]);
    mode = a[1] != NULL && strcmp(a[1], "messages") == 0 ? PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE : PIPE_TYPE_BYTE;
    if (listen_(FILE_FLAG_FIRST_PIPE_INSTANCE)) {
        reply("%s", key);
    } else {
        refuse_last_error("CreateNamedPipeW");
    }
}

// accept: waits for a client
static void accept_(char **a) {
    (void) a;
    if (!ConnectNamedPipe(listening, NULL) && GetLastError() != ERROR_PIPE_CONNECTED) {
        refuse_last_error("ConnectNamedPipe");
        return;
    }
    connection = listening;
    serves = TRUE;
    if (listen_(0)) {
        reply_done();
    } else {
        refuse_last_error("CreateNamedPipeW");
    }
}

// connect KEY: waits for a free instance, not for the server
static void connect_(char **a) {
    const DWORD bothWays = GENERIC_READ | GENERIC_WRITE;
    const DWORD asWhom = SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;
    HANDLE handle;
    do {
        handle = CreateFileW(wide(a[0]), bothWays, 0, NULL, OPEN_EXISTING, asWhom, NULL);
    } while (handle == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY
             && WaitNamedPipeW(wide(a[0]), NMPWAIT_WAIT_FOREVER));
    DWORD flags;
    DWORD whole = PIPE_READMODE_MESSAGE;
    if (handle == INVALID_HANDLE_VALUE) {
        refuse_last_error("CreateFileW");
    } else if (!GetNamedPipeInfo(handle, &flags, NULL, NULL, NULL)) {
        refuse_last_error("GetNamedPipeInfo");
    } else if ((flags & PIPE_TYPE_MESSAGE) && !SetNamedPipeHandleState(handle, &whole, NULL, NULL)) {
        refuse_last_error("SetNamedPipeHandleState");
    } else {
        connection = handle;
        serves = FALSE;
        reply("%s", a[0]);
    }
}

// peer: the number of the process at the other end
static void peer(char **a) {
    (void) a;
    ULONG pid;
    BOOL told = serves ? GetNamedPipeClientProcessId(connection, &pid) : GetNamedPipeServerProcessId(connection, &pid);
    if (told) {
        reply("%lu", pid);
    } else {
        refuse_last_error("GetNamedPipe...ProcessId");
    }
}

static BOOL write_all(const unsigned char *bytes, size_t count) {
    DWORD done;
    for (; count > 0; bytes += done, count -= done) {
        if (!WriteFile(connection, bytes, (DWORD) count, &done, NULL)) {
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

/** Reads what there is, of one message only; 0 at the end. */
static BOOL read_some(DWORD most, DWORD *count) {
    complete = ReadFile(connection, buffer, most, count, NULL);
    if (complete || GetLastError() == ERROR_MORE_DATA) {
        return TRUE;
    }
    *count = 0;
    return GetLastError() == ERROR_BROKEN_PIPE;
}

// read [MOST]: what there is
static void read_(char **a) {
    DWORD most = a[0] != NULL ? strtoul(a[0], NULL, 10) : sizeof buffer - 1;
    DWORD count;
    if (!read_some(most, &count)) {
        refuse_last_error("ReadFile");
    } else if (count == 0) {
        reply_none();
    } else {
        buffer[count] = '\0';
        reply("%s", (char *) buffer);
    }
}

// complete: whether the last read took the end of a message
static void complete_(char **a) {
    (void) a;
    reply("%s", complete ? "true" : "false");
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

/** Reads up to so many bytes, or to the end, and answers how many there were and their checksum. */
static void read_up_to(uint64_t size) {
    uint64_t total = 0;
    uint32_t crc = 0;
    while (total < size) {
        DWORD most = size - total < sizeof buffer ? (DWORD) (size - total) : sizeof buffer;
        DWORD count;
        if (!read_some(most, &count)) {
            refuse_last_error("ReadFile");
            return;
        }
        if (count == 0) {
            break;
        }
        crc = crc32(crc, buffer, count);
        total += count;
    }
    reply("%llu %08x", (unsigned long long) total, crc);
}

// take SIZE: reads so many bytes
static void take(char **a) {
    read_up_to(strtoull(a[0], NULL, 10));
}

// drain: reads to the end
static void drain(char **a) {
    (void) a;
    read_up_to(UINT64_MAX);
}

// close: this end of the connection
static void close_(char **a) {
    (void) a;
    close_handle(&connection);
}

// closeServer: nobody can connect any more
static void close_server(char **a) {
    (void) a;
    close_handle(&listening);
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

// runReader: accepts a client and reads the stream that seed 0 stands for, until it is killed.
static void run_reader(char **a) {
    (void) a;
    reply_done();
    if (!ConnectNamedPipe(listening, NULL) && GetLastError() != ERROR_PIPE_CONNECTED) {
        event('X', 0);
    }
    connection = listening;
    DWORD count;
    for (uint64_t at = 0; read_some(sizeof buffer, &count) && count > 0; at += count) {
        for (DWORD i = 0; i < count; i++) {
            if (buffer[i] != pattern(0, at + i)) {
                event('X', at + i);
            }
        }
        event('R', at + count);
    }
    event('X', 0);
}

const struct verb pipe_verbs[] = {
    {"create", 1, create},
    {"accept", 0, accept_},
    {"connect", 1, connect_},
    {"peer", 0, peer},
    {"write", 1, write_},
    {"read", 0, read_},
    {"complete", 0, complete_},
    {"fill", 2, fill},
    {"take", 1, take},
    {"drain", 0, drain},
    {"close", 0, close_},
    {"closeServer", 0, close_server},
    {"runWriter", 1, run_writer},
    {"runReader", 0, run_reader},
    {NULL, 0, NULL},
};
