// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

/** What a peer that is not a JVM takes and tells: its system's keys and error codes. */
enum NativeSystem {
    LINUX {
        @Override
        String key(String kind, String name) {
            return "/" + name;
        }

        @Override
        int code(Failure failure) {
            return switch (failure) {
                case ABSENT -> 2; // ENOENT
                case PRESENT -> 17; // EEXIST
                case PEER_CLOSED -> 32; // EPIPE
                case OTHER_KIND -> throw new IllegalArgumentException("each kind has its names");
            };
        }
    },
    WINDOWS {
        @Override
        String key(String kind, String name) {
            return kind.equals("fifo") ? "\\\\.\\pipe\\" + name : "Local\\" + kind + "." + name;
        }

        @Override
        int code(Failure failure) {
            return switch (failure) {
                case ABSENT -> 2; // ERROR_FILE_NOT_FOUND
                case PRESENT -> 183; // ERROR_ALREADY_EXISTS
                case PEER_CLOSED -> 232; // ERROR_NO_DATA: the pipe is being closed
                case OTHER_KIND -> 6; // ERROR_INVALID_HANDLE
            };
        }
    };

    /** Returns the key to which a portable name is mapped. */
    abstract String key(String kind, String name);

    /** Returns the code of a failure. */
    abstract int code(Failure failure);
}
