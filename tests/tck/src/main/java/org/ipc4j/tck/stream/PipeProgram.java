// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import java.io.IOException;

/** A program that is given the end of a pipe. */
final class PipeProgram {
    private PipeProgram() {}

    /** Copies its input to its output, or does nothing. */
    static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("copy")) {
            System.in.transferTo(System.out);
            System.out.flush();
        } else {
            Thread.currentThread().join();
        }
    }
}
