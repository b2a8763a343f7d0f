// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Python that has {@code posix_ipc}: the one that {@code -Dipc.python} names, the one on the
 * path, or one in a virtual environment under {@code target}, made when it is missing. Without any
 * the tests fail.
 */
final class PythonPeer {
    static final String INTERPRETER = find();

    private PythonPeer() {}

    private static String find() {
        String given = System.getProperty("ipc.python", "");
        if (!given.isEmpty()) {
            return require(given, "-Dipc.python=" + given + " has no posix_ipc");
        }
        if (works("python3")) {
            return "python3";
        }
        Path environment = Path.of("target", "venv").toAbsolutePath();
        String python = environment.resolve("bin/python").toString();
        if (works(python)) {
            return python;
        }
        String said = "";
        if (!Files.exists(environment.resolve("bin/pip"))) {
            said = Run.run("python3", "-m", "venv", environment.toString()).text();
        }
        said +=
                Run.run(
                                python,
                                "-m",
                                "pip",
                                "install",
                                "--quiet",
                                "--disable-pip-version-check",
                                "posix_ipc")
                        .text();
        return require(
                python, "no Python with posix_ipc was found, and none could be made: " + said);
    }

    private static String require(String python, String complaint) {
        if (works(python)) {
            return python;
        }
        throw new IllegalStateException(
                complaint
                        + "; install it (pip install posix_ipc; Debian: apt-get install"
                        + " python3-venv python3-pip first) and name that Python with"
                        + " -Dipc.python=..., or leave Python out with -Dipc.python=false");
    }

    private static boolean works(String python) {
        return Run.run(python, "-c", "import posix_ipc").status() == 0;
    }
}
