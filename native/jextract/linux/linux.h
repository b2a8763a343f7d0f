/* Every header the Linux bindings are made from. The argument files beside it choose the names. */
#include <errno.h>
#include <features.h>

/* With _GNU_SOURCE, glibc makes unions of the parameters that are a struct sockaddr. Here they are pointers. */
#pragma push_macro("__GNUC_PREREQ")
#undef __GNUC_PREREQ
#define __GNUC_PREREQ(major, minor) 0
#include <sys/socket.h>
#pragma pop_macro("__GNUC_PREREQ")

#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <mqueue.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Opaque objects: their size is all we need. */
enum {
    SIZEOF_SEM_T = sizeof(sem_t)
};

/* The room for a socket's path, with the NUL at its end. */
enum {
    SIZEOF_SUN_PATH = sizeof(((struct sockaddr_un *)0)->sun_path)
};

/* A signal's particulars are a union of many kinds; these are the members of the kind that we send. */
enum {
    SIZEOF_SIGSET_T = sizeof(sigset_t),
    SIZEOF_SIGINFO_T = sizeof(siginfo_t),
    OFFSETOF_SI_SIGNO = __builtin_offsetof(siginfo_t, si_signo),
    OFFSETOF_SI_CODE = __builtin_offsetof(siginfo_t, si_code),
    OFFSETOF_SI_PID = __builtin_offsetof(siginfo_t, si_pid),
    OFFSETOF_SI_UID = __builtin_offsetof(siginfo_t, si_uid),
    OFFSETOF_SI_VALUE = __builtin_offsetof(siginfo_t, si_value)
};
