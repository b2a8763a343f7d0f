// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import java.io.PrintStream;

/** One line that tells how far it is, and is gone at the end. */
final class Progress {
    private static final long INTERVAL = 100_000_000;

    private final PrintStream out;
    private final boolean shown;
    private final String what;
    private final long total;
    private long last = System.nanoTime();
    private int width;

    Progress(PrintStream out, boolean shown, String what, long total) {
        this.out = out;
        this.shown = shown;
        this.what = what;
        this.total = total;
    }

    void at(long done) {
        if (shown && System.nanoTime() - last > INTERVAL) {
            last = System.nanoTime();
            print(what + "  " + (done >> 20) + " of " + (total >> 20) + " MiB");
        }
    }

    void end() {
        if (width > 0) {
            print("");
            out.print('\r');
        }
    }

    private void print(String line) {
        out.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }
}
