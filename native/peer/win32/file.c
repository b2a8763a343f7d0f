// SPDX-License-Identifier: Apache-2.0
//
// LockFileEx and MoveFileExW.
#include "win32.h"

enum { MOST_LOCKS = 8 };

static HANDLE file = INVALID_HANDLE_VALUE;
static wchar_t path[1024];
static unsigned char content[1 << 20];

/** Windows unlocks by exact range only. */
static struct {
    OVERLAPPED start;
    DWORD low, high;
} held[MOST_LOCKS];
static int count_held;

static HANDLE open_file(const wchar_t *name, DWORD rights, DWORD how) {
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    return CreateFileW(name, rights, share, NULL, how, FILE_ATTRIBUTE_NORMAL, NULL);
}

// open PATH
static void open_(char **a) {
    file = open_file(wide(a[0]), GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS);
    if (file != INVALID_HANDLE_VALUE) {
        reply_done();
    } else {
        refuse_last_error("CreateFileW");
    }
}

/** A size of 0 is all that follows; the end is where that of Java's whole file is. */
static BOOL lock_now(char **a) {
    uint64_t start = strtoull(a[1], NULL, 10);
    uint64_t size = strtoull(a[2], NULL, 10);
    if (size == 0) {
        size = INT64_MAX - start;
    }
    OVERLAPPED at = {.Offset = (DWORD) start, .OffsetHigh = (DWORD) (start >> 32)};
    DWORD how = LOCKFILE_FAIL_IMMEDIATELY | (strcmp(a[0], "exclusive") == 0 ? LOCKFILE_EXCLUSIVE_LOCK : 0);
    OVERLAPPED used = at;
    if (!LockFileEx(file, how, 0, (DWORD) size, (DWORD) (size >> 32), &used)) {
        return FALSE;
    }
    held[count_held].start = at;
    held[count_held].low = (DWORD) size;
    held[count_held++].high = (DWORD) (size >> 32);
    return TRUE;
}

static void answer(BOOL done, const char *call) {
    if (done) {
        reply_done();
    } else if (GetLastError() == ERROR_LOCK_VIOLATION || GetLastError() == ERROR_IO_PENDING) {
        reply_none();
    } else {
        refuse_last_error(call);
    }
}

// trylock MODE START SIZE
static void trylock(char **a) {
    answer(lock_now(a), "LockFileEx");
}

static void lock_within(char **a, long long millis) {
    BOOL done;
    while (!(done = lock_now(a)) && GetLastError() == ERROR_LOCK_VIOLATION && millis-- > 0) {
        Sleep(1);
    }
    answer(done, "LockFileEx");
}

// lock MODE START SIZE
static void lock(char **a) {
    lock_within(a, INT64_MAX);
}

// timedlock MODE START SIZE MILLIS
static void timedlock(char **a) {
    lock_within(a, atoll(a[3]));
}

static BOOL unlock_last(void) {
    count_held--;
    return UnlockFileEx(file, 0, held[count_held].low, held[count_held].high, &held[count_held].start);
}

static void unlock(char **a) {
    (void) a;
    answer(unlock_last(), "UnlockFileEx");
}

static void close_(char **a) {
    (void) a;
    close_handle(&file);
}

// Takes and gives the lock until it is ended.
static void run(char **a) {
    (void) a;
    char *all[] = {"exclusive", "0", "0"};
    reply_done();
    for (uint64_t i = 0;; i++) {
        event('a', i);
        while (!lock_now(all)) {
            if (GetLastError() != ERROR_LOCK_VIOLATION) {
                event('X', i);
                return;
            }
            Sleep(1);
        }
        event('A', i);
        event('r', i);
        event(unlock_last() ? 'R' : 'X', i);
    }
}

// at PATH
static void at(char **a) {
    wcscpy(path, wide(a[0]));
    reply_done();
}

/** In nanoseconds since 1970, as Java counts. */
static uint64_t generation(const FILETIME *time) {
    uint64_t ticks = (uint64_t) time->dwHighDateTime << 32 | time->dwLowDateTime;
    return (ticks - 116444736000000000u) * 100u;
}

static BOOL put(const wchar_t *new, DWORD size, FILETIME *time) {
    HANDLE made = open_file(new, GENERIC_READ | GENERIC_WRITE, CREATE_ALWAYS);
    DWORD written;
    BOOL done = made != INVALID_HANDLE_VALUE && WriteFile(made, content, size, &written, NULL) && written == size
            && FlushFileBuffers(made) && GetFileTime(made, NULL, NULL, time);
    if (made != INVALID_HANDLE_VALUE) {
        CloseHandle(made);
    }
    return done && MoveFileExW(new, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
}

// publish SIZE SEED: as any program does that knows how; whoever reads the old version just now is waited for
static void publish(char **a) {
    DWORD size = (DWORD) atol(a[0]);
    for (DWORD i = 0; i < size; i++) {
        content[i] = pattern(strtoull(a[1], NULL, 10), i);
    }
    wchar_t new[1032];
    wcscpy(new, path);
    wcscat(new, L".new");
    FILETIME time;
    BOOL done = put(new, size, &time);
    for (int left = 2000; !done && GetLastError() == ERROR_ACCESS_DENIED && left > 0; left--) {
        Sleep(1);
        done = put(new, size, &time);
    }
    if (done) {
        reply("%llu", (unsigned long long) generation(&time));
    } else {
        refuse_last_error("MoveFileExW");
    }
}

static BOOL get(DWORD *size, FILETIME *time) {
    HANDLE found = open_file(path, GENERIC_READ, OPEN_EXISTING);
    if (found == INVALID_HANDLE_VALUE) {
        return FALSE;
    }
    BOOL done = ReadFile(found, content, sizeof content, size, NULL) && GetFileTime(found, NULL, NULL, time);
    CloseHandle(found);
    return done;
}

// read: size, checksum and generation of the version that is there
static void read_(char **a) {
    (void) a;
    DWORD size;
    FILETIME time;
    if (get(&size, &time)) {
        reply("%lu %08x %llu", size, crc32(0, content, size), (unsigned long long) generation(&time));
    } else if (GetLastError() == ERROR_FILE_NOT_FOUND) {
        reply_none();
    } else {
        refuse_last_error("CreateFileW");
    }
}

// await GENERATION MILLIS: a version that is newer
static void await(char **a) {
    for (long long left = atoll(a[1]); left > 0; left--) {
        WIN32_FILE_ATTRIBUTE_DATA facts;
        if (GetFileAttributesExW(path, GetFileExInfoStandard, &facts)
                && generation(&facts.ftLastWriteTime) > strtoull(a[0], NULL, 10)) {
            read_(a);
            return;
        }
        Sleep(1);
    }
    reply_none();
}

const struct verb file_verbs[] = {
    {"open", 1, open_},
    {"trylock", 3, trylock},
    {"lock", 3, lock},
    {"timedlock", 4, timedlock},
    {"unlock", 0, unlock},
    {"close", 0, close_},
    {"run", 0, run},
    {"at", 1, at},
    {"publish", 2, publish},
    {"read", 0, read_},
    {"await", 2, await},
    {NULL, 0, NULL},
};
