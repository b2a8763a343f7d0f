// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

/** Ends a command with a status and one line. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The command's status. */
    private final ExitStatus status;

    /**
     * Creates a failure.
     *
     * @param status the command's status
     * @param message one line without a full stop
     */
    public CommandFailure(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    /**
     * Returns the command's status.
     *
     * @return the status
     */
    public ExitStatus status() {
        return status;
    }
}
