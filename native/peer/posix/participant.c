// SPDX-License-Identifier: Apache-2.0
//
// Taking part in a channel: shm_open(3), locks of fcntl(2), futex(2).
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

struct channel channel;

static bool refuse_channel(enum channel_error error, const char *text) {
    refuse("channel", error, text);
    return false;
}

static bool map(const char *key) {
    int fd = shm_open(key, O_RDWR, 0);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse_errno("shm_open");
        return false;
    }
    channel.size = (size_t) status.st_size;
    void *address = mmap(NULL, channel.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (address == MAP_FAILED) {
        refuse_errno("mmap");
    } else {
        channel.memory = address;
    }
    close(fd);
    return channel.memory != NULL;
}

/** A channel appears complete, unless its creator's system cannot do that. */
static uint32_t published_version(void) {
    for (int millis = 0; millis < 2000 && load32(CHANNEL_AT_VERSION) == 0; millis++) {
        usleep(1000);
    }
    return load32(CHANNEL_AT_VERSION);
}

static bool fits(void) {
    channel.senders = load32(CHANNEL_AT_SENDERS);
    channel.waiting = load32(CHANNEL_AT_WAITING);
    channel.capacity = load32(CHANNEL_AT_CAPACITY);
    channel.message_size = load32(CHANNEL_AT_MESSAGE_SIZE);
    uint64_t size = load64(CHANNEL_AT_BYTE_SIZE);
    return channel.senders >= 1 && channel.senders <= CHANNEL_MOST_SENDERS && channel.waiting <= CHANNEL_BLOCK
        && channel.capacity >= CHANNEL_LEAST_CAPACITY && channel.capacity <= CHANNEL_MOST_CAPACITY
        && (channel.capacity & (channel.capacity - 1)) == 0 && channel.message_size >= 1
        && channel.message_size <= channel.capacity / 4
        && size == channel_ring(channel.senders, channel.capacity, channel.senders) && size <= channel.size;
}

static bool check(void) {
    if (channel.size < CHANNEL_AT_WORDS) {
        return refuse_channel(CHANNEL_FOREIGN, "the memory is too small for a channel");
    }
    uint32_t version = published_version();
    if (version == 0 || memcmp(channel.memory + CHANNEL_AT_MAGIC, CHANNEL_MAGIC, 8) != 0) {
        return refuse_channel(CHANNEL_FOREIGN, "the memory is no channel");
    }
    if (version != CHANNEL_VERSION) {
        return refuse_channel(CHANNEL_OTHER_VERSION, "the channel has another version than 1");
    }
    return fits() || refuse_channel(CHANNEL_DAMAGED, "the channel's numbers do not fit each other");
}

static struct flock byte_lock(int index) {
    return (struct flock) {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = index, .l_len = 1};
}

static bool lock_any(void) {
    for (channel.index = 0; channel.index < CHANNEL_PARTICIPANTS; channel.index++) {
        struct flock lock = byte_lock(channel.index);
        if (fcntl(channel.lock, F_OFD_SETLK, &lock) == 0) {
            return true;
        }
    }
    refuse_errno("fcntl");
    return false;
}

static bool is_in_place(const char *path) {
    struct stat ours, there;
    return fstat(channel.lock, &ours) == 0 && lstat(path, &there) == 0 && ours.st_ino == there.st_ino;
}

static uint64_t epoch_at(int index) {
    return CHANNEL_AT_EPOCHS + (uint64_t) index * sizeof(uint64_t);
}

static void enter(void) {
    int64_t last = (int64_t) load64(epoch_at(channel.index));
    int64_t most = ((int64_t) 1 << 46) - 1;
    uint64_t epoch = last < 0 || last >= most ? 1 : (uint64_t) last + 1;
    store64(epoch_at(channel.index), epoch);
    channel.word = epoch << CHANNEL_INDEX_BITS | (uint64_t) (channel.index + 1);
}

static bool take_part(void) {
    char path[80];
    snprintf(path, sizeof path, "/dev/shm/ipc4j-lock.%016" PRIx64 ".%016" PRIx64, load64(CHANNEL_AT_FAMILY),
             load64(CHANNEL_AT_ID));
    channel.lock = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (channel.lock < 0) {
        return refuse_channel(CHANNEL_REMOVED, "the channel's lock file is not there");
    }
    if (!lock_any()) {
        return false;
    }
    if (!is_in_place(path)) {
        return refuse_channel(CHANNEL_REMOVED, "the channel has just been removed");
    }
    enter();
    return true;
}

bool channel_join(const char *key) {
    if (channel.memory != NULL) {
        return true; // one participant for both ends
    }
    channel.lock = -1;
    if (map(key) && check() && take_part()) {
        return true;
    }
    channel_leave();
    return false;
}

void channel_leave(void) {
    if (channel.memory != NULL) {
        munmap(channel.memory, channel.size);
        channel.memory = NULL;
    }
    if (channel.lock >= 0) {
        close(channel.lock);
        channel.lock = -1;
    }
}

static bool is_dead(uint64_t word) {
    int index = (int) (word & ((1 << CHANNEL_INDEX_BITS) - 1)) - 1;
    if (index < 0 || index >= CHANNEL_PARTICIPANTS || load64(epoch_at(index)) != word >> CHANNEL_INDEX_BITS) {
        return true;
    }
    struct flock lock = byte_lock(index);
    return index != channel.index && fcntl(channel.lock, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
}

static const char *presence(uint64_t word) {
    if (word == 0) {
        return "NOT_YET";
    }
    if ((int64_t) word < 0) {
        return "CLOSED";
    }
    return is_dead(word) ? "DIED" : "PRESENT";
}

const char *seat_presence(uint64_t at) {
    return presence(load64(at));
}

bool seat_take(uint64_t at) {
    uint64_t word = load64(at);
    if (strcmp(presence(word), "PRESENT") == 0 || !swap64(at, word, channel.word)) {
        return false;
    }
    store32(at + CHANNEL_MUTE, 0); // we wake the others
    return true;
}

void seat_leave(uint64_t at) {
    store64(at, ~channel.word);
}

void channel_wake(uint64_t at) {
    if (channel.waiting != CHANNEL_BLOCK) {
        return;
    }
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    for (uint32_t word = load32(at); (word & 1) != 0; word = load32(at)) {
        if (swap32(at, word, word + 1)) {
            syscall(SYS_futex, channel.memory + at, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
            return;
        }
    }
}
