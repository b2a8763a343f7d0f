// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rig on which Windows programs run here, as long as a class of tests runs.
 *
 * <p>Where it is missing the tests are skipped; {@code -Dipc.require.wine=true} makes that a
 * failure.
 */
final class Wine implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final Path FOLDER = Run.nativePeer().resolveSibling("wine");
    private static final String RUN = FOLDER.resolve("run").toString();

    /**
     * Starts the server, and a program that makes it start its services. It survives pauses between
     * two tests, but not for long a run that is killed. Nobody reads what they write: they would
     * keep the pipe open.
     */
    private static final String START =
            "(\"$0\" wineserver --persistent=600; \"$0\" wine \"$1\" self pid) >/dev/null 2>&1";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Files.exists(FOLDER.resolve("rig/prefix/ready"))) {
            return ConditionEvaluationResult.enabled("there is a rig");
        }
        String missing =
                context.getDisplayName()
                        + " needs a Windows JDK under Wine, which is not here; native/wine/setup"
                        + " builds it";
        if (Boolean.getBoolean("ipc.require.wine")) {
            throw new IllegalStateException("-Dipc.require.wine=true, but " + missing);
        }
        System.out.println("NOT RUN: " + missing);
        return ConditionEvaluationResult.disabled(missing);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startServices();
    }

    /**
     * Starts what every Windows program needs, here and not by the first peer: it would have that
     * one's mark, and end with the last one.
     */
    private static void startServices() {
        int status = Run.run("sh", "-c", START, RUN, WineLauncher.PROGRAM.toString()).status();
        if (status != 0) {
            throw new IllegalStateException(
                    "Wine does not run the C peer, WINEDEBUG=err+all " + RUN + " tells why");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Run.run(RUN, "wineserver", "--kill");
        Run.run(RUN, "wineserver", "--wait");
    }
}
