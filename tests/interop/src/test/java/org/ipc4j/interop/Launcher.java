// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a partner program is started.
 *
 * @param label its language, and the provider if it is a JVM
 * @param command the command line
 * @param system for which it was built
 */
record Launcher(String label, List<String> command, NativeSystem system) {
    /** A JVM that uses the provider of that name. */
    static Launcher jvm(String provider) {
        return jvm(provider, ModulePath.HERE);
    }

    /** A JVM that uses the provider of that name, from another module path. */
    static Launcher jvm(String provider, ModulePath modules, String... options) {
        List<String> all = new ArrayList<>();
        if (modules.equals(ModulePath.HERE)) {
            all.addAll(Cached.OPTIONS);
        }
        all.addAll(Arrays.asList(options));
        return uncached(provider, modules, all);
    }

    /** The same, without the cache of classes. */
    static Launcher uncached(String provider, ModulePath modules, List<String> options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:-UsePerfData", // a killed JVM would leave its file
                                "-Xmx32m",
                                "-XX:ErrorFile=" + Run.folder().resolve("hs_err_%p.log"),
                                "--enable-native-access=org.ipc4j.posix",
                                "-Dorg.ipc4j.provider=" + provider));
        command.addAll(options);
        command.addAll(
                List.of(
                        "--module-path",
                        modules.text(),
                        "--add-modules",
                        "org.ipc4j.posix,org.ipc4j.jvm",
                        "--module",
                        "org.ipc4j.interop.peer/org.ipc4j.interop.peer.JvmPeer"));
        return new Launcher("JVM with provider " + provider, command, NativeSystem.LINUX);
    }

    /** The C program. */
    static Launcher c() {
        return new Launcher("C", List.of(CPeer.PROGRAM.toString()), NativeSystem.LINUX);
    }

    /** The Python program. */
    static Launcher python() {
        return new Launcher(
                "Python",
                List.of(PythonPeer.INTERPRETER, Run.nativePeer().resolve("peer.py").toString()),
                NativeSystem.LINUX);
    }

    /** The same, started by another program that is given its command line. */
    Launcher under(String... starter) {
        List<String> all = new ArrayList<>(Arrays.asList(starter));
        all.addAll(command);
        return new Launcher(label + " under " + starter[0], all, system);
    }

    /** The same, after a line of shell. */
    Launcher after(String script) {
        return under("sh", "-c", script + " && exec \"$@\"", "sh");
    }

    Peer start() {
        return new Peer(this);
    }

    boolean isJvm() {
        return label.startsWith("JVM");
    }

    /**
     * How this program writes a portable name: only a JVM has such, the others take the system's
     * key.
     *
     * @param kind what is named, in the peers' word for it
     */
    String spell(String kind, String name) {
        return isJvm() ? name : system.key(kind, name);
    }

    /** Whether that is how this program calls what went wrong, in the first word after "error". */
    boolean means(String word, Failure failure) {
        return isJvm()
                ? word.equals(failure.exception())
                : system.codes(failure).contains(Integer.valueOf(word));
    }

    @Override
    public String toString() {
        return label;
    }

    /** What a JVM is told that need not make its classes anew. */
    private static final class Cached {
        static final List<String> OPTIONS =
                AotCache.make(
                        Run.folder().resolve("peer.aot"),
                        Path::toString,
                        options -> uncached("posix", ModulePath.HERE, withChannels(options)));

        /** Those of plain Java; other channels there are none. */
        private static List<String> withChannels(List<String> options) {
            List<String> all = new ArrayList<>(options);
            all.add("-Dorg.ipc4j.provider.channel=jvm");
            all.add("-Dorg.ipc4j.provider.topic=jvm");
            return all;
        }
    }

    /** Where the modules of a JVM peer are. */
    record ModulePath(String text) {
        /**
         * Without "..": on such a path, a JVM may take the classes of a cache for those of another
         * package of that name.
         */
        static final ModulePath HERE =
                new ModulePath(
                        Stream.of(
                                        System.getProperty("ipc.module.path"),
                                        System.getProperty("ipc.peer.jar"))
                                .flatMap(Pattern.compile(File.pathSeparator)::splitAsStream)
                                .map(entry -> Path.of(entry).normalize().toString())
                                .collect(Collectors.joining(File.pathSeparator)));
    }
}
