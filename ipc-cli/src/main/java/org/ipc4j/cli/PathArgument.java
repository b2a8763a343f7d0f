// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcName;

import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** The argument {@code PATH}: a file, where other objects have a name. */
final class PathArgument {
    @Parameters(index = "0", paramLabel = "PATH", description = "The file.")
    private Path path;

    Path value() {
        return path;
    }

    /** The name that messages use. */
    IpcName name() {
        return IpcName.ofNative(path.toString());
    }
}
