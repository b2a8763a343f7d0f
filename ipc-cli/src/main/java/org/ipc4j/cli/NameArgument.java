// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The argument {@code NAME}, and {@code --native}. */
final class NameArgument {
    @Parameters(index = "0", paramLabel = "NAME", description = "The object's name.")
    private String name;

    @Option(
            names = "--native",
            description =
                    "NAME is the system's own key, as `info` shows it: /gate, or the path of a"
                            + " FIFO.")
    private boolean isNative;

    IpcName value() {
        return new IpcName(name, isNative);
    }

    /** Deletes a name. */
    @FunctionalInterface
    interface Removal {
        boolean of(IpcName name) throws IpcException;
    }

    /** Deletes this name, which must be there. */
    void remove(Removal removal) throws IpcException, CommandFailure {
        if (!removal.of(value())) {
            throw new CommandFailure(ExitStatus.NOT_FOUND, value() + ": there is no such name");
        }
    }
}
