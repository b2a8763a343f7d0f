// SPDX-License-Identifier: Apache-2.0
#ifndef PEER_WIN32_H
#define PEER_WIN32_H

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "../peer.h"

/** Refuses with what GetLastError says. */
void refuse_last_error(const char *call);

/** A key as the calls that end in W take it; valid until the next one is asked for. */
const wchar_t *wide(const char *key);

/**
 * Answers a call that created or opened the object of that key.
 *
 * A create call that finds an object of its kind under the name opens that, and says so by its error code. The peer
 * creates, or refuses: then it closes what it got, and returns NULL.
 */
HANDLE created(const char *call, HANDLE handle);

/** Closes a handle, and answers. */
void close_handle(HANDLE *handle);

#endif
