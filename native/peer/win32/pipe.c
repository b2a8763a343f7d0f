// SPDX-License-Identifier: Apache-2.0
//
// A named pipe with a server and its clients, that goes both ways. A local socket of ours is one, too.
#include "../stream.h"
#include "win32.h"

enum { PIPE_BUFFER = 1 << 16 };

static char *key;
static DWORD mode;
static HANDLE listening;
static HANDLE connection;
static BOOL serves; // whether the connection is the server's end
static BOOL complete;

static int64_t write_some(const unsigned char *bytes, size_t count) {
    DWORD done;
    return WriteFile(connection, bytes, (DWORD) count, &done, NULL) ? (int64_t) done : -1;
}

/** Of one message only. */
static int64_t read_some(unsigned char *bytes, size_t most) {
    DWORD count;
    complete = ReadFile(connection, bytes, (DWORD) most, &count, NULL);
    if (complete || GetLastError() == ERROR_MORE_DATA) {
        return count;
    }
    return GetLastError() == ERROR_BROKEN_PIPE ? 0 : -1;
}

static const struct stream stream = {write_some, read_some, refuse_last_error, "WriteFile", "ReadFile"};

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

static void create_as(const char *name, BOOL messages) {
    free(key);
    key = _strdup(name);
    mode = messages ? PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE : PIPE_TYPE_BYTE;
    if (listen_(FILE_FLAG_FIRST_PIPE_INSTANCE)) {
        reply("%s", key);
    } else {
        refuse_last_error("CreateNamedPipeW");
    }
}

// create KEY [messages]
static void create(char **a) {
    create_as(a[0], a[1] != NULL && strcmp(a[1], "messages") == 0);
}

/** Waits for a client; false if that failed and was answered. */
static BOOL accepted(void) {
    if (!ConnectNamedPipe(listening, NULL) && GetLastError() != ERROR_PIPE_CONNECTED) {
        refuse_last_error("ConnectNamedPipe");
        return FALSE;
    }
    connection = listening;
    serves = TRUE;
    if (!listen_(0)) {
        refuse_last_error("CreateNamedPipeW");
        return FALSE;
    }
    return TRUE;
}

// accept: waits for a client
static void accept_(char **a) {
    (void) a;
    if (accepted()) {
        reply_done();
    }
}

/** Waits for a free instance, not for the server; false if that failed and was answered. */
static BOOL connected(char **a) {
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
        return TRUE;
    }
    return FALSE;
}

// connect KEY
static void connect_(char **a) {
    if (connected(a)) {
        reply("%s", a[0]);
    }
}

/** Answers the number of the process at the other end, and what follows. */
static void reply_peer(const char *rest) {
    ULONG pid;
    BOOL told = serves ? GetNamedPipeClientProcessId(connection, &pid) : GetNamedPipeServerProcessId(connection, &pid);
    if (told) {
        reply("%lu%s", pid, rest);
    } else {
        refuse_last_error("GetNamedPipe...ProcessId");
    }
}

// peer: the number of the process at the other end
static void peer(char **a) {
    (void) a;
    reply_peer("");
}

// write TEXT
static void write_(char **a) {
    stream_write(&stream, a[0]);
}

// read [MOST]: what there is
static void read_(char **a) {
    stream_read(&stream, a[0] != NULL ? strtoul(a[0], NULL, 10) : STREAM_MOST);
}

// complete: whether the last read took the end of a message
static void complete_(char **a) {
    (void) a;
    reply("%s", complete ? "true" : "false");
}

// fill SIZE SEED
static void fill(char **a) {
    stream_fill(&stream, a[0], a[1]);
}

// take SIZE: so many bytes
static void take(char **a) {
    stream_take(&stream, strtoull(a[0], NULL, 10));
}

// drain: to the end
static void drain(char **a) {
    (void) a;
    stream_take(&stream, UINT64_MAX);
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

// runWriter SIZE
static void run_writer(char **a) {
    stream_run_writer(&stream, a[0]);
}

// runReader: accepts a client and reads the stream that seed 0 stands for, until it is killed.
static void run_reader(char **a) {
    (void) a;
    reply_done();
    if (!ConnectNamedPipe(listening, NULL) && GetLastError() != ERROR_PIPE_CONNECTED) {
        event('X', 0);
    }
    connection = listening;
    stream_run_reader(&stream);
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

static const char *const NO_USER = " -"; // the system tells the process only

// serve KEY [TYPE]
static void serve_socket(char **a) {
    create_as(a[0], a[1] != NULL && strcmp(a[1], "seqpacket") == 0);
}

// accept: answers who the client is
static void accept_socket(char **a) {
    (void) a;
    if (accepted()) {
        reply_peer(NO_USER);
    }
}

// connect KEY [TYPE]: of the type that the server has; answers who that is
static void connect_socket(char **a) {
    if (connected(a)) {
        reply_peer(NO_USER);
    }
}

// close: the connection and the server
static void close_socket(char **a) {
    (void) a;
    if (listening != NULL) {
        CloseHandle(listening);
        listening = NULL;
    }
    close_handle(&connection);
}

const struct verb socket_verbs[] = {
    {"serve", 1, serve_socket},
    {"accept", 0, accept_socket},
    {"connect", 1, connect_socket},
    {"write", 1, write_},
    {"read", 0, read_},
    {"fill", 2, fill},
    {"drain", 0, drain},
    {"close", 0, close_socket},
    {"runWriter", 1, run_writer},
    {"runReader", 0, run_reader},
    {NULL, 0, NULL},
};
