// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcName;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of pipes that nobody is to find, and that nobody can guess. */
final class RandomName {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomName() {}

    static IpcName fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return IpcName.of("ipc4j-" + HexFormat.of().formatHex(bytes));
    }
}
