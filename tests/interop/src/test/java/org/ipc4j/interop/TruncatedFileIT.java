// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mapped file is truncated while another process reads or writes it, as the interpreter does it
 * and as each compiler has it done. That process gets an error, and lives.
 */
@Interop
class TruncatedFileIT {
    private static final int SIZE = 1 << 16;

    /** What the JDK calls a fault. */
    private static final String FAULT =
            "InternalError a fault occurred in an unsafe memory access operation";

    /** Ways of access, and the methods that are hot then. */
    private static final Map<String, String> DIRECT =
            Map.of(
                    "READ_LONGS", "readLongs",
                    "READ_BYTES", "readBytes",
                    "READ_ACQUIRE", "readAcquire",
                    "WRITE_LONGS", "writeLongs",
                    "READ_BUFFER", "readBuffer",
                    "COPY_OUT", "copyOut",
                    "COPY_IN", "copyIn",
                    "FILL", "fill");

    static Stream<Arguments> cases() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        Stream.of("-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4")
                                .map(compiler -> Arguments.of(provider, compiler)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void isAnErrorAndNoDeadVm(String provider, String compiler) throws Exception {
        Path log = Run.folder().resolve(Run.name("compilation"));
        Launcher launcher =
                Launcher.jvm(
                        provider,
                        Launcher.ModulePath.HERE,
                        compiler,
                        "-Xbatch", // whoever calls hot code waits until it is compiled
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=dontinline,org.ipc4j.interop.peer.MemoryAccess::*",
                        "-XX:+PrintCompilation",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+LogVMOutput",
                        "-XX:-DisplayVMOutput",
                        "-XX:LogFile=" + log);
        try (Peer peer = launcher.start()) {
            for (String access : DIRECT.keySet()) {
                assertEquals(FAULT, errorOf(peer, access, compiler));
                if (isC2(compiler)) {
                    assertCompiledByC2(log, DIRECT.get(access));
                }
            }
            for (String method : List.of("READ", "WRITE")) {
                String error = errorOf(peer, method, compiler);
                assertTrue(error.startsWith("FileTruncatedException"), error);
            }
            peer.ok("self pid");
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static boolean isC2(String compiler) {
        return compiler.endsWith("=4");
    }

    private static String errorOf(Peer peer, String access, String compiler) throws Exception {
        Path path = Run.folder().resolve(Run.name("truncated"));
        try {
            peer.ok("mmap create " + path + " " + SIZE);
            if (!compiler.equals("-Xint")) {
                peer.ok("mmap heat " + access + " " + (isC2(compiler) ? 12_000 : 1_000));
            }
            peer.ok("mmap access " + access); // says that it begins, and goes on
            Thread.sleep(20);
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(5000);
            }
            String answer = peer.answer();
            assertTrue(answer.startsWith("error "), answer);
            String error = peer.error("mmap copyOut");
            assertTrue(error.startsWith("FileTruncatedException"), error);
            error = peer.error("mmap copyIn");
            assertTrue(error.startsWith("FileTruncatedException"), error);
            peer.ok("mmap close");
            return answer.substring("error ".length());
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** The compiler's log has the method with level 4. */
    private static void assertCompiledByC2(Path log, String method) throws Exception {
        Pattern line =
                Pattern.compile(" 4 +org\\.ipc4j\\.interop\\.peer\\.MemoryAccess::" + method + " ");
        String text = Files.readString(log);
        assertTrue(line.matcher(text).find(), method + " was not compiled by C2");
    }
}
