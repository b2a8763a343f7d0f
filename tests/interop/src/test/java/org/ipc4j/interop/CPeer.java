// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.nio.file.Path;

/**
 * The C program, compiled once per run. Without a compiler the tests fail: what was not tested has
 * not passed.
 */
final class CPeer {
    static final Path PROGRAM =
            build(
                    "posix",
                    "ipc-peer",
                    "a C compiler and its headers are needed (Debian: apt-get install gcc"
                            + " libc6-dev), CC names another than cc; -Dipc.c=false leaves C out");

    private CPeer() {}

    /**
     * Compiles the program.
     *
     * @param system for which system
     * @param program the file that it becomes
     * @param needs what to say if that fails
     */
    static Path build(String system, String program, String needs) {
        Path folder = Run.folder();
        Run.Said said =
                Run.run(Run.nativePeer().resolve("build").toString(), folder.toString(), system);
        if (said.status() != 0) {
            throw new IllegalStateException(
                    "the C peer cannot be built: " + said.text() + "; " + needs);
        }
        return folder.resolve(program);
    }
}
