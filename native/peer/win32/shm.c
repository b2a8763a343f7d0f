// SPDX-License-Identifier: Apache-2.0
//
// CreateFileMappingW on the paging file, and MapViewOfFile.
#include "../mapping.h"
#include "win32.h"

static HANDLE section;
static struct mapping mapping;

/** Maps `wanted` bytes; with 0 all of it, which is then a whole number of pages. */
static void map(HANDLE handle, size_t wanted, DWORD access, const char *key) {
    unsigned char *view = MapViewOfFile(handle, access, 0, 0, wanted);
    MEMORY_BASIC_INFORMATION region;
    if (view == NULL || VirtualQuery(view, &region, sizeof region) == 0) {
        refuse_last_error("MapViewOfFile");
        CloseHandle(handle);
        return;
    }
    section = handle;
    mapping.memory = view;
    mapping.size = wanted != 0 ? wanted : region.RegionSize;
    reply("%s", key);
}

// create KEY SIZE
static void create(char **a) {
    uint64_t wanted = strtoull(a[1], NULL, 10);
    DWORD high = (DWORD) (wanted >> 32), low = (DWORD) wanted;
    HANDLE handle = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, high, low, wide(a[0]));
    handle = created("CreateFileMappingW", handle);
    if (handle != NULL) {
        map(handle, (size_t) wanted, FILE_MAP_READ | FILE_MAP_WRITE, a[0]);
    }
}

static void open_as(const char *key, DWORD access) {
    HANDLE handle = OpenFileMappingW(access, FALSE, wide(key));
    if (handle != NULL) {
        map(handle, 0, access, key);
    } else {
        refuse_last_error("OpenFileMappingW");
    }
}

// open KEY
static void open_(char **a) {
    open_as(a[0], FILE_MAP_READ | FILE_MAP_WRITE);
}

// openReadOnly KEY
static void open_read_only(char **a) {
    open_as(a[0], FILE_MAP_READ);
}

static void size_(char **a) {
    (void) a;
    mapping_size(&mapping);
}

// write SEED
static void write_(char **a) {
    mapping_write(&mapping, a[0]);
}

// verify SEED
static void verify(char **a) {
    mapping_verify(&mapping, a[0]);
}

static void digest(char **a) {
    (void) a;
    mapping_digest(&mapping);
}

static void close_(char **a) {
    (void) a;
    if (!UnmapViewOfFile(mapping.memory)) {
        refuse_last_error("UnmapViewOfFile");
        return;
    }
    mapping.memory = NULL;
    close_handle(&section);
}

const struct verb shm_verbs[] = {
    {"create", 2, create},
    {"open", 1, open_},
    {"openReadOnly", 1, open_read_only},
    {"size", 0, size_},
    {"write", 1, write_},
    {"verify", 1, verify},
    {"digest", 0, digest},
    {"close", 0, close_},
    {NULL, 0, NULL},
};
