// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.CutOffException;
import org.ipc4j.memory.FileTruncatedException;

import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ended, as the shell sees it. */
public enum ExitStatus {
    /** It did what it was asked to. */
    OK(0, "done"),
    /** Every refusal that has no number of its own. */
    REFUSED(1, "refused by the system; for tour: not every copy was equal"),
    /** What was typed makes no sense. */
    USAGE(2, "wrong usage"),
    /** There was nothing in time. */
    TIMED_OUT(3, "nothing came within --timeout"),
    /** There is no object of that name. */
    NOT_FOUND(4, "there is no such name"),
    /** The name is taken. */
    EXISTS(5, "the name is taken"),
    /** The object belongs to somebody else. */
    ACCESS_DENIED(6, "access denied"),
    /** A limit is reached. */
    LIMIT(7, "a limit is reached"),
    /** The other side is gone. */
    PEER_CLOSED(8, "the other side has closed or died"),
    /** The object is not what it was taken for. */
    INCOMPATIBLE(9, "the object is foreign, corrupt, or another provider's"),
    /** A subscriber did not keep up. */
    CUT_OFF(10, "the subscriber did not keep up and was cut off"),
    /** The user pressed Ctrl-C. */
    INTERRUPTED(130, "interrupted"),
    /**
     * Nobody reads standard output any more. It is the status of a program that the signal PIPE has
     * ended.
     */
    OUTPUT_CLOSED(141, "the reader of standard output is gone");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * Returns the number that the shell sees.
     *
     * @return the number
     */
    public int code() {
        return code;
    }

    /** Returns the status of a command that an exception ended. */
    static ExitStatus of(Throwable reason) {
        return switch (reason) {
            case CommandFailure failure -> failure.status();
            case NameNotFoundException e -> NOT_FOUND;
            case NameExistsException e -> EXISTS;
            case IpcAccessDeniedException e -> ACCESS_DENIED;
            case ResourceLimitException e -> LIMIT;
            case PeerClosedException e -> PEER_CLOSED;
            case IncompatibleException e -> INCOMPATIBLE;
            case FileTruncatedException e -> INCOMPATIBLE;
            case CutOffException e -> CUT_OFF;
            case InterruptedException e -> INTERRUPTED;
            case ClosedByInterruptException e -> INTERRUPTED;
            case OutputException e -> e.isReaderGone() ? OUTPUT_CLOSED : REFUSED;
            case IllegalArgumentException e -> USAGE; // a name, a size, a priority that cannot be
            case IllegalStateException e -> USAGE; // a system property that names no provider
            default -> REFUSED;
        };
    }

    /** Tells whether whoever started the command knows the reason already. */
    boolean isQuiet() {
        return this == OK || this == INTERRUPTED || this == OUTPUT_CLOSED;
    }

    /** Returns the list for the help: number and meaning. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitStatus status : values()) {
            list.put(Integer.toString(status.code), status.meaning);
        }
        return list;
    }
}
