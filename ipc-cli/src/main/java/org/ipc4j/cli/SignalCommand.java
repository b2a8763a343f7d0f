// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.signal.Signals;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code ipc signal}. */
@Command(
        name = "signal",
        description = "Signals: small interruptions that one process sends to another.")
final class SignalCommand {
    @ParentCommand private IpcCommand ipc;

    @Command(
            description =
                    "Sends a signal. Waits for room in the queue of the process's user, if"
                            + " --timeout is given.")
    void send(
            @Parameters(index = "0", paramLabel = "PID", description = "The process.") long pid,
            @Parameters(
                            index = "1",
                            paramLabel = "SIGNAL",
                            description = "USR1, SIGTERM, RTMIN+1, or a number.")
                    String name,
            @Option(names = "--value", paramLabel = "N", description = "Send a number with it.")
                    Integer value,
            @Mixin TimeoutOption timeout)
            throws IpcException, InterruptedException, CommandFailure {
        Signal signal = Signals.of(name);
        try (SignalTarget target = Signals.target(process(pid))) {
            boolean mayWait = timeout.isGiven() && (value != null || signal.isRealTime());
            if (mayWait) {
                int number = value == null ? 0 : value;
                timeout.require(
                        target.trySend(signal, number, timeout.value()), name(pid), "no room");
            } else if (value == null) {
                target.send(signal);
            } else {
                target.send(signal, value);
            }
        }
    }

    @Command(
            description =
                    "Tells by its exit status whether a process is there for signals of this user.")
    void probe(@Parameters(index = "0", paramLabel = "PID", description = "The process.") long pid)
            throws IpcException, CommandFailure {
        if (!Signals.probe(process(pid))) {
            throw absent(pid);
        }
    }

    private static ProcessHandle process(long pid) throws CommandFailure {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            throw absent(pid);
        }
        return process.get();
    }

    private static CommandFailure absent(long pid) {
        return new CommandFailure(ExitStatus.NOT_FOUND, name(pid) + ": there is no such process");
    }

    private static IpcName name(long pid) {
        return IpcName.ofNative("process " + pid);
    }

    @Command(
            description = {
                "Waits for signals to this command itself, and prints each: its name, and if it was"
                        + " blocked the sending process, that one's user and the value.",
                "Those from RTMIN on come only to a process that was started with them blocked: env"
                        + " --block-signal=RTMIN+1 ipc signal await RTMIN+1"
            })
    void await(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "SIGNAL",
                            description = "USR1, SIGTERM, RTMIN+1, or a number.")
                    List<String> names,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "End after so many (${DEFAULT-VALUE}).")
                    long count,
            @Option(
                            names = "--pid",
                            description =
                                    "Print this command's process first, when signals may come.")
                    boolean tellsPid,
            @Option(names = "--json", description = "Print JSON, a line for each signal.")
                    boolean json,
            @Mixin TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        Signal[] signals = names.stream().map(Signals::of).toArray(Signal[]::new);
        try (SignalSubscription subscription = Signals.subscribe(signals)) {
            if (tellsPid) {
                ipc.streams().print(Long.toString(ProcessHandle.current().pid()));
            }
            for (long i = 0; i < count; i++) {
                Optional<SignalInfo> info = subscription.await(timeout.value());
                timeout.require(
                        info.isPresent(), IpcName.ofNative(String.join(" ", names)), "no signal");
                Map<String, Object> facts = facts(info.orElseThrow());
                ipc.streams().print(json ? Listing.json(facts) : line(facts));
            }
        }
    }

    private static Map<String, Object> facts(SignalInfo info) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("signal", info.signal().name());
        facts.put("pid", boxed(info.pid()));
        facts.put("uid", boxed(info.uid()));
        OptionalInt value = info.value();
        facts.put("value", value.isPresent() ? value.getAsInt() : null);
        return facts;
    }

    private static Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** What is not known is left out. */
    private static String line(Map<String, Object> facts) {
        StringBuilder line = new StringBuilder();
        facts.forEach((fact, value) -> {
            if (fact.equals("signal")) {
                line.append(value);
            } else if (value != null) {
                line.append(' ').append(fact).append(' ').append(value);
            }
        });
        return line.toString();
    }

    @Command(description = "Lists the signals of this system, and how this command receives them.")
    void list(@Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Signal signal : Signals.all()) {
            SignalReception reception = Signals.reception(signal);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("number", signal.number());
            row.put("signal", signal.name());
            row.put("received", reception.kind().name().toLowerCase(Locale.ROOT));
            row.put("remark", reception.remark());
            rows.add(row);
        }
        ipc.streams().print(json ? Listing.json(rows) : Listing.table(rows));
    }
}
