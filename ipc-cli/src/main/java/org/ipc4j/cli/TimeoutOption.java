// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcName;
import org.ipc4j.spi.Wait;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Locale;

/** The option {@code --timeout}. */
final class TimeoutOption {
    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Wait at most so long: 500ms, 2s, 1m, PT1M30S; 0 does not wait at all.")
    private Duration timeout;

    /** Returns how long to wait. */
    Duration value() {
        return timeout == null ? Wait.FOREVER : timeout;
    }

    /** Tells whether it was given. */
    boolean isGiven() {
        return timeout != null;
    }

    /** Ends the command if what it waited for has not come. */
    void require(boolean inTime, IpcName name, String what) throws CommandFailure {
        if (!inTime) {
            throw new CommandFailure(ExitStatus.TIMED_OUT, name + ": " + what + within());
        }
    }

    private String within() {
        String iso = value().toString(); // PT0.5S
        return value().isZero() ? "" : " within " + iso.substring(2).toLowerCase(Locale.ROOT);
    }
}
