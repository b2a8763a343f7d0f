// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** The argument {@code MAPPED}. */
final class MappedFileArgument {
    @Parameters(index = "0", paramLabel = "MAPPED", description = "The path of the mapped file.")
    private Path file;

    Path value() {
        return file;
    }
}
