// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.cli.bench.BenchCommand;
import org.ipc4j.cli.bench.BenchPeerCommand;
import org.ipc4j.cli.tour.TourCommand;
import org.ipc4j.cli.tour.TourPeerCommand;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The command {@code ipc}: what all its commands have in common. */
@Command(
        name = "ipc",
        versionProvider = IpcCommand.VersionLine.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "Exit status:%n",
        description = "Uses and shows the inter-process communication of this machine.")
public final class IpcCommand {
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put(Report.WORD, ReportCommand::new);
        COMMANDS.put("tour", TourCommand::new);
        COMMANDS.put("bench", BenchCommand::new);
        COMMANDS.put("sem", SemCommand::new);
        COMMANDS.put("mq", MqCommand::new);
        COMMANDS.put("shm", ShmCommand::new);
        COMMANDS.put("mmap", MmapCommand::new);
        COMMANDS.put("pipe", PipeCommand::new);
        COMMANDS.put("socket", SocketCommand::new);
        COMMANDS.put("channel", ChannelCommand::new);
        COMMANDS.put("signal", SignalCommand::new);
        COMMANDS.put("file", FileCommand::new);
        COMMANDS.put("clean", CleanCommand::new);
        // A reference to a constructor of picocli's, whose class files are old, would crash the JVM
        // that makes the image's start-up archive (25.0.3: "Metadata should have been archived").
        COMMANDS.put("generate-completion", () -> new GenerateCompletion());
        COMMANDS.put(TourPeerCommand.NAME, TourPeerCommand::new);
        COMMANDS.put(BenchPeerCommand.NAME, BenchPeerCommand::new);
        COMMANDS.put(RehearseCommand.NAME, RehearseCommand::new);
    }

    private final StandardStreams streams;
    private final List<String> words;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of what went wrong.")
    private boolean verbose;

    private String provider;

    IpcCommand(StandardStreams streams, String... words) {
        this.streams = streams;
        this.words = List.of(words);
    }

    /**
     * Returns the command line that understands some arguments. To examine the annotations of all
     * commands takes longer than most of them run, so only the one that is called is known, unless
     * it is not clear which that is.
     */
    static CommandLine commandLine(StandardStreams streams, String... args) {
        IpcCommand ipc = new IpcCommand(streams, args);
        CommandLine line = new CommandLine(ipc);
        Supplier<Object> called =
                args.length == 0 || args[0].startsWith("generate") ? null : COMMANDS.get(args[0]);
        if (called == null) {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
        } else {
            line.addSubcommand(args[0], called.get());
        }
        Refusals refusals = new Refusals(ipc);
        return documented(line)
                .setExecutionStrategy(refusals)
                .setExecutionExceptionHandler(refusals)
                .setParameterExceptionHandler(refusals)
                .setAbbreviatedOptionsAllowed(false);
    }

    private static CommandLine documented(CommandLine line) {
        line.getCommandSpec().usageMessage().exitCodeList(ExitStatus.list());
        line.getSubcommands().values().forEach(IpcCommand::documented);
        return line;
    }

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description =
                    "Use this provider (posix, jvm...) instead of the one that `ipc report` shows"
                            + " as selected.")
    void selectProvider(String name) {
        provider = name;
        System.setProperty("org.ipc4j.provider", name); // nothing of org.ipc4j has been asked yet
    }

    /**
     * Returns the provider that {@code --provider} names.
     *
     * @return the name, or empty without that option
     */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /**
     * Returns where commands read and write.
     *
     * @return the streams
     */
    public StandardStreams streams() {
        return streams;
    }

    /**
     * Returns what this command was called with.
     *
     * @return the words behind {@code ipc}
     */
    public List<String> words() {
        return words;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** What {@code --version} prints. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.line()};
        }
    }
}
