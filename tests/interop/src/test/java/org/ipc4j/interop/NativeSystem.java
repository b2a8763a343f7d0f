// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.util.Set;

/** What a peer that is not a JVM takes and tells: its system's keys and error codes. */
enum NativeSystem {
    LINUX {
        @Override
        String key(String kind, String name) {
            return "/" + name;
        }

        @Override
        Set<Integer> codes(Failure failure) {
            return switch (failure) {
                case ABSENT -> Set.of(2); // ENOENT
                case PRESENT -> Set.of(17); // EEXIST
                case DENIED -> Set.of(1, 13); // EPERM, EACCES
                case PEER_CLOSED -> Set.of(32); // EPIPE
                case OTHER_KIND -> throw new IllegalArgumentException("each kind has its names");
            };
        }
    },
    WINDOWS {
        @Override
        String key(String kind, String name) {
            return switch (kind) {
                case "fifo", "pipe", "sock" -> "\\\\.\\pipe\\" + name;
                default -> "Local\\" + kind + "." + name;
            };
        }

        @Override
        Set<Integer> codes(Failure failure) {
            return switch (failure) {
                case ABSENT -> Set.of(2); // ERROR_FILE_NOT_FOUND
                case PRESENT -> Set.of(183); // ERROR_ALREADY_EXISTS
                case DENIED -> Set.of(5); // ERROR_ACCESS_DENIED
                // ERROR_BROKEN_PIPE in the midst of a write, ERROR_NO_DATA and
                // ERROR_PIPE_NOT_CONNECTED before it
                case PEER_CLOSED -> Set.of(109, 232, 233);
                case OTHER_KIND -> Set.of(6); // ERROR_INVALID_HANDLE
            };
        }
    };

    /** Returns the key to which a portable name is mapped. */
    abstract String key(String kind, String name);

    /** Returns the codes that a failure can have. */
    abstract Set<Integer> codes(Failure failure);
}
