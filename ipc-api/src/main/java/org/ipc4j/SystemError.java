// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

/**
 * What the operating system said when it refused a call.
 *
 * @param call the call as the system's manual names it, for example {@code sem_open}
 * @param code the error code ({@code errno}, {@code GetLastError})
 * @param symbol the code's name, for example {@code ENOENT}
 * @param text the system's explanation, for example {@code No such file or directory}
 */
public record SystemError(String call, int code, String symbol, String text) {
    /**
     * Returns the form that exception messages use: {@code ENOENT (2), No such file or directory}.
     */
    @Override
    public String toString() {
        return symbol + " (" + code + "), " + text;
    }
}
