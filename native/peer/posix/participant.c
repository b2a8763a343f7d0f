// SPDX-License-Identifier: Apache-2.0
//
// Taking part in a channel or a topic: shm_open(3), locks of fcntl(2), futex(2).
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "participant.h"
#include "posix.h"

struct joined joined;

bool refuse_joined(enum participant_error error, const char *text) {
    refuse(joined.layout->word, error, text);
    return false;
}

static bool map(const char *key) {
    int fd = shm_open(key, O_RDWR, 0);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse_errno("shm_open");
        return false;
    }
    joined.size = (size_t) status.st_size;
    void *address = mmap(NULL, joined.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (address == MAP_FAILED) {
        refuse_errno("mmap");
    } else {
        joined.memory = address;
    }
    close(fd);
    return joined.memory != NULL;
}

/** It appears complete, unless its creator's system cannot do that. */
static uint32_t published_version(void) {
    for (int millis = 0; millis < 2000 && load32(CHANNEL_AT_VERSION) == 0; millis++) {
        usleep(1000);
    }
    return load32(CHANNEL_AT_VERSION);
}

static bool fits(void) {
    joined.ends = load32(CHANNEL_AT_SENDERS);
    joined.waiting = load32(CHANNEL_AT_WAITING);
    joined.capacity = load32(CHANNEL_AT_CAPACITY);
    joined.message_size = load32(CHANNEL_AT_MESSAGE_SIZE);
    uint64_t size = load64(CHANNEL_AT_BYTE_SIZE);
    return joined.ends >= 1 && joined.ends <= CHANNEL_MOST_SENDERS && joined.waiting <= CHANNEL_BLOCK
        && joined.capacity >= CHANNEL_LEAST_CAPACITY && joined.capacity <= CHANNEL_MOST_CAPACITY
        && (joined.capacity & (joined.capacity - 1)) == 0 && joined.message_size >= 1
        && joined.message_size <= joined.capacity / 4 && size == joined.layout->size() && size <= joined.size;
}

static bool check(void) {
    if (joined.size < joined.layout->words) {
        return refuse_joined(PARTICIPANT_FOREIGN, "the memory is too small");
    }
    uint32_t version = published_version();
    if (version == 0 || memcmp(joined.memory, joined.layout->magic, 8) != 0) {
        return refuse_joined(PARTICIPANT_FOREIGN, "the memory is something else");
    }
    if (version != CHANNEL_VERSION) {
        return refuse_joined(PARTICIPANT_OTHER_VERSION, "it has another version than 1");
    }
    return fits() || refuse_joined(PARTICIPANT_DAMAGED, "its numbers do not fit each other");
}

static struct flock byte_lock(int index) {
    return (struct flock) {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = index, .l_len = 1};
}

static bool lock_any(void) {
    for (joined.index = 0; joined.index < CHANNEL_PARTICIPANTS; joined.index++) {
        struct flock lock = byte_lock(joined.index);
        if (fcntl(joined.lock, F_OFD_SETLK, &lock) == 0) {
            return true;
        }
    }
    refuse_errno("fcntl");
    return false;
}

static bool is_in_place(const char *path) {
    struct stat ours, there;
    return fstat(joined.lock, &ours) == 0 && lstat(path, &there) == 0 && ours.st_ino == there.st_ino;
}

static uint64_t epoch_at(int index) {
    return joined.layout->epochs + (uint64_t) index * sizeof(uint64_t);
}

static void enter(void) {
    int64_t last = (int64_t) load64(epoch_at(joined.index));
    int64_t most = ((int64_t) 1 << 46) - 1;
    uint64_t epoch = last < 0 || last >= most ? 1 : (uint64_t) last + 1;
    store64(epoch_at(joined.index), epoch);
    joined.word = epoch << CHANNEL_INDEX_BITS | (uint64_t) (joined.index + 1);
}

static bool take_part(void) {
    char path[80];
    snprintf(path, sizeof path, "/dev/shm/ipc4j-lock.%016" PRIx64 ".%016" PRIx64, load64(CHANNEL_AT_FAMILY),
             load64(CHANNEL_AT_ID));
    joined.lock = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (joined.lock < 0) {
        return refuse_joined(PARTICIPANT_REMOVED, "its lock file is not there");
    }
    if (!lock_any()) {
        return false;
    }
    if (!is_in_place(path)) {
        return refuse_joined(PARTICIPANT_REMOVED, "it has just been removed");
    }
    enter();
    return true;
}

bool join(const struct layout *layout, const char *key) {
    if (joined.memory != NULL && joined.layout == layout) {
        return true; // one participant for both ends
    }
    if (joined.memory != NULL) {
        refuse(layout->word, EBUSY, "this partner is at another one");
        return false;
    }
    joined.layout = layout;
    joined.lock = -1;
    if (map(key) && check() && take_part()) {
        return true;
    }
    leave();
    return false;
}

void leave(void) {
    if (joined.memory != NULL) {
        munmap(joined.memory, joined.size);
        joined.memory = NULL;
    }
    if (joined.lock >= 0) {
        close(joined.lock);
        joined.lock = -1;
    }
}

static bool is_dead(uint64_t word) {
    int index = (int) (word & ((1 << CHANNEL_INDEX_BITS) - 1)) - 1;
    if (index < 0 || index >= CHANNEL_PARTICIPANTS || load64(epoch_at(index)) != word >> CHANNEL_INDEX_BITS) {
        return true;
    }
    struct flock lock = byte_lock(index);
    return index != joined.index && fcntl(joined.lock, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
}

static enum presence presence(uint64_t word) {
    if (word == 0) {
        return NOT_YET;
    }
    if ((int64_t) word < 0) {
        return CLOSED;
    }
    return is_dead(word) ? DIED : PRESENT;
}

enum presence seat_presence(uint64_t at) {
    return presence(load64(at));
}

void reply_presence(uint64_t at) {
    static const char *const names[] = {"NOT_YET", "PRESENT", "CLOSED", "DIED"};
    reply("%s", names[seat_presence(at)]);
}

bool seat_take(uint64_t at) {
    uint64_t word = load64(at);
    if (presence(word) == PRESENT || !swap64(at, word, joined.word)) {
        return false;
    }
    store32(at + CHANNEL_MUTE, 0); // we wake the others
    return true;
}

void seat_leave(uint64_t at) {
    store64(at, ~joined.word);
}

void use(uint64_t at, uint32_t index) {
    uint32_t in_use = load32(at);
    while (in_use <= index && !swap32(at, in_use, index + 1)) {
        in_use = load32(at);
    }
}

void wake(uint64_t at) {
    if (joined.waiting != CHANNEL_BLOCK) {
        return;
    }
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    for (uint32_t word = load32(at); (word & 1) != 0; word = load32(at)) {
        if (swap32(at, word, word + 1)) {
            syscall(SYS_futex, joined.memory + at, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
            return;
        }
    }
}
