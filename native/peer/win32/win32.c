// SPDX-License-Identifier: Apache-2.0
//
// What the mechanisms have in common: error codes, names in UTF-16, handles.
#include "win32.h"

void refuse_last_error(const char *call) {
    DWORD code = GetLastError();
    char text[256] = "";
    DWORD how = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
    FormatMessageA(how, NULL, code, 0, text, sizeof text, NULL);
    refuse(call, (long) code, text);
}

const wchar_t *wide(const char *key) {
    static wchar_t text[1024];
    if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, key, -1, text, sizeof text / sizeof *text) == 0) {
        text[0] = L'\0';
    }
    return text;
}

HANDLE created(const char *call, HANDLE handle) {
    if (handle == NULL) {
        refuse_last_error(call);
    } else if (GetLastError() == ERROR_ALREADY_EXISTS) {
        refuse_last_error(call);
        CloseHandle(handle);
        handle = NULL;
    }
    return handle;
}

void close_handle(HANDLE *handle) {
    BOOL done = CloseHandle(*handle);
    *handle = NULL;
    if (done) {
        reply_done();
    } else {
        refuse_last_error("CloseHandle");
    }
}
