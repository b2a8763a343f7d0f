// SPDX-License-Identifier: Apache-2.0
//
// The process itself, and the end of others.
#include "win32.h"

static void pid(char **a) {
    (void) a;
    reply("%lu", GetCurrentProcessId());
}

// terminate PID: that process gets no chance to clean up; when this answers, it is gone.
static void terminate(char **a) {
    HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, strtoul(a[0], NULL, 10));
    if (process == NULL) {
        refuse_last_error("OpenProcess");
        return;
    }
    if (!TerminateProcess(process, 137)) {
        refuse_last_error("TerminateProcess");
    } else if (WaitForSingleObject(process, INFINITE) != WAIT_OBJECT_0) {
        refuse_last_error("WaitForSingleObject");
    } else {
        reply_done();
    }
    CloseHandle(process);
}

const struct verb self_verbs[] = {
    {"pid", 0, pid},
    {"terminate", 1, terminate},
    {NULL, 0, NULL},
};
