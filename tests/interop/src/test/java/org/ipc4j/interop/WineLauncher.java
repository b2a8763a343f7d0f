// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the partner programs are started as Windows processes. */
final class WineLauncher {
    /** The C program for Windows. */
    static final Path PROGRAM =
            CPeer.build(
                    "win32",
                    "ipc-peer.exe",
                    "mingw is needed, which native/wine/setup installs, MINGW_CC names another than"
                            + " x86_64-w64-mingw32-gcc");

    private static final Path FOLDER = Run.nativePeer().resolveSibling("wine");

    private WineLauncher() {}

    /** A Windows JVM that uses the provider of that name. */
    static Launcher jvm(String provider) {
        return jvm(provider, Cached.OPTIONS);
    }

    private static Launcher jvm(String provider, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(FOLDER.resolve("java").toString());
        command.addAll(options);
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx32m",
                        "-XX:ErrorFile=" + Run.folder().resolve("hs_err_%p.log"),
                        "-Djava.io.tmpdir=" + temporary(),
                        "--enable-native-access=org.ipc4j.windows",
                        "-Dorg.ipc4j.provider=" + provider,
                        "-Dorg.ipc4j.provider.message-queue=jvm", // on the provider's memory
                        "-Dorg.ipc4j.provider.channel=jvm",
                        "-Dorg.ipc4j.provider.topic=jvm",
                        "--module-path",
                        Launcher.ModulePath.HERE.text().replace(File.pathSeparator, ";"),
                        "--add-modules",
                        "org.ipc4j.windows,org.ipc4j.jvm",
                        "--module",
                        "org.ipc4j.interop.peer/org.ipc4j.interop.peer.JvmPeer"));
        return new Launcher(
                "JVM with provider " + provider + " on Windows", command, NativeSystem.WINDOWS);
    }

    /** What a JVM is told that need not make its classes anew. */
    private static final class Cached {
        static final List<String> OPTIONS =
                AotCache.make(
                        Run.folder().resolve("peer-windows.aot"),
                        WineLauncher::path,
                        options -> jvm("windows", options));
    }

    /** The C program. */
    static Launcher c() {
        return new Launcher(
                "C on Windows",
                List.of(FOLDER.resolve("run").toString(), "wine", PROGRAM.toString()),
                NativeSystem.WINDOWS);
    }

    /** How Windows programs write a path of this system. */
    static String path(Path path) {
        return "Z:" + path.toString().replace('/', '\\');
    }

    /** Where the JVMs have their files: a folder of this run's, which is looked at afterwards. */
    private static Path temporary() {
        return Run.folder();
    }
}
