// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.peer;

import org.ipc4j.cli.ExitStatus;

import java.io.IOException;
import java.io.InputStream;

/** The first process, as the second sees it: it keeps our standard input open. */
public final class FirstProcess {
    private static final long GRACE_MILLIS = 2_000;

    private FirstProcess() {}

    /**
     * Ends this process, first with an interrupt and then at once, when the first is gone and
     * nobody needs us.
     *
     * @param input our standard input
     * @param main the thread to interrupt
     */
    public static void endWith(InputStream input, Thread main) {
        Thread.ofPlatform()
                .daemon()
                .name("first process")
                .start(() -> {
                    try {
                        while (input.read() >= 0) {}
                        main.interrupt();
                        Thread.sleep(GRACE_MILLIS);
                    } catch (IOException | InterruptedException e) {
                        // the same as its end
                    }
                    Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.code());
                });
    }
}
