// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.peer;

import org.ipc4j.cli.IpcMain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this program was started, so that it can be started once more with other words. */
public final class OwnCommand {
    private OwnCommand() {}

    /**
     * Returns the command that starts this program, without its words.
     *
     * @param words what this program was called with
     * @return the command, to which other words can be added
     */
    public static List<String> withoutWords(List<String> words) {
        return fromSystem(words).orElseGet(OwnCommand::fromProperties);
    }

    /**
     * The very command line, with all options of the JVM. Not every system tells it, and Linux not
     * if it is long.
     */
    private static Optional<List<String>> fromSystem(List<String> words) {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> arguments = self.arguments().map(Arrays::asList).orElse(List.of());
        int options = arguments.size() - words.size();
        if (self.command().isEmpty()
                || options <= 0
                || !arguments.subList(options, arguments.size()).equals(words)) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        command.add(self.command().get());
        command.addAll(arguments.subList(0, options));
        return Optional.of(command);
    }

    /**
     * What is needed to find the same modules and providers, and to let them make the same calls.
     */
    static List<String> fromProperties() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String modules = modulesWithNativeAccess();
        if (!modules.isEmpty()) {
            command.add("--enable-native-access=" + modules);
        }
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("org.ipc4j."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath != null) {
            command.addAll(List.of("--module-path", modulePath));
        }
        Module own = IpcMain.class.getModule();
        if (own.isNamed()) {
            command.addAll(List.of("-m", own.getName() + "/" + IpcMain.class.getName()));
        } else {
            command.addAll(
                    List.of("-cp", System.getProperty("java.class.path"), IpcMain.class.getName()));
        }
        return command;
    }

    private static String modulesWithNativeAccess() {
        Module classPath = ClassLoader.getSystemClassLoader().getUnnamedModule();
        Stream<String> unnamed =
                classPath.isNativeAccessEnabled() ? Stream.of("ALL-UNNAMED") : Stream.of();
        Stream<String> named =
                ModuleLayer.boot().modules().stream()
                        .filter(Module::isNativeAccessEnabled)
                        .map(Module::getName)
                        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."));
        return Stream.concat(unnamed, named).collect(Collectors.joining(","));
    }
}
