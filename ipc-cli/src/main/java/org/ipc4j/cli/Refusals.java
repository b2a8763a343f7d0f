// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

import java.io.PrintStream;
import java.util.stream.Collectors;

/** Turns every exception into one line on standard error and an exit status. */
final class Refusals
        implements IExecutionStrategy, IExecutionExceptionHandler, IParameterExceptionHandler {
    private final IpcCommand ipc;

    Refusals(IpcCommand ipc) {
        this.ipc = ipc;
    }

    /** Runs the command that was called; picocli would let an Error of some commands pass. */
    @Override
    public int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
        }
    }

    @Override
    public int handleExecutionException(
            Exception exception, CommandLine command, ParseResult parsed) {
        // an Error comes wrapped
        Throwable reason =
                exception instanceof ExecutionException && exception.getCause() != null
                        ? exception.getCause()
                        : exception;
        ExitStatus status = ExitStatus.of(reason);
        if (!status.isQuiet()) {
            print(line(reason), reason);
        }
        return status.code();
    }

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        print(line(exception) + " (see " + command + " --help)", exception);
        return ExitStatus.USAGE.code();
    }

    private void print(String line, Throwable reason) {
        PrintStream err = ipc.streams().err();
        err.println("ipc: " + line);
        if (ipc.isVerbose()) {
            reason.printStackTrace(err);
        }
    }

    /**
     * Returns what happened as one line, without the exception's class where the message says
     * enough.
     */
    static String line(Throwable reason) {
        String message = reason.getMessage();
        String text = message == null || reason instanceof Error ? reason.toString() : message;
        return text.lines()
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
