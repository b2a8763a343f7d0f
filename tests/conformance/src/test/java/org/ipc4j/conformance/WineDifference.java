// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * What only Wine does differently from Windows. A test that holds on Windows and fails for one of
 * these reasons is skipped under Wine, and under nothing else.
 */
enum WineDifference {
    NO_UNIX_DOMAIN_SOCKETS("Wine 8 has no AF_UNIX, which Windows has since 10 version 1803"),
    FIRST_PIPE_INSTANCE_IGNORED(
            "Wine 8 ignores FILE_FLAG_FIRST_PIPE_INSTANCE, by which Windows decides who comes"
                    + " first"),
    OPEN_FILES_ARE_NOT_REPLACED(
            "Wine 8 refuses ReplaceFileW as long as somebody has the file open, which Windows does"
                    + " not if deletion is shared");

    /** Set by {@code native/wine/java}, which runs all tests that run under Wine. */
    private static final boolean WINE = Boolean.getBoolean("ipc.wine");

    private final String reason;

    WineDifference(String reason) {
        this.reason = reason;
    }

    /** Tells whether this is Wine. */
    boolean isHere() {
        return WINE;
    }

    /** Skips the test if this is Wine. */
    void skipUnderWine() {
        assumeFalse(WINE, reason);
    }
}
