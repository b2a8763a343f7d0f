// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.windows.sys.gen.Windows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The constants, sizes and offsets that jextract made are those of a C compiler for Windows: they
 * are written into a C file as static assertions, and the compiler is asked what it thinks of them.
 */
@EnabledOnOs(OS.LINUX)
class MingwTest {
    private static final String COMPILER = "x86_64-w64-mingw32-gcc";
    private static final Path HEADER = Path.of("../native/jextract/windows/windows.h");
    private static final Path GENERATED =
            Path.of("src/generated/java/org/ipc4j/windows/sys/gen").toAbsolutePath();

    @BeforeEach
    void requireCompiler() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMPILER))),
                "there is no " + COMPILER + " here; apt-get install gcc-mingw-w64-x86-64");
    }

    @Test
    void constantsAreThoseOfTheHeaders() throws Exception {
        List<String> assertions = new ArrayList<>();
        for (Method constant : Windows.class.getDeclaredMethods()) {
            if (Modifier.isPublic(constant.getModifiers()) && constant.getParameterCount() == 0) {
                String name = constant.getName();
                String type = constant.getReturnType() == int.class ? "int" : "long long";
                assertions.add(
                        equal("(" + type + ")(" + name + ")", (Number) constant.invoke(null)));
            }
        }
        assertTrue(assertions.size() > 80, () -> assertions.size() + " constants");
        assertEquals("", complaints(assertions));
    }

    @Test
    void structsAreThoseOfTheHeaders() throws Exception {
        List<String> assertions = new ArrayList<>();
        for (Class<?> struct : structs()) {
            String type = "struct " + struct.getSimpleName();
            MemoryLayout layout = (MemoryLayout) struct.getMethod("layout").invoke(null);
            assertions.add(equal("sizeof(" + type + ")", layout.byteSize()));
            assertions.add(equal("_Alignof(" + type + ")", layout.byteAlignment()));
            for (Method method : struct.getMethods()) {
                if (method.getName().endsWith("$offset")) {
                    String field = method.getName().replace("$offset", "");
                    assertions.add(
                            equal(
                                    "__builtin_offsetof(" + type + ", " + field + ")",
                                    (Number) method.invoke(null)));
                }
            }
        }
        assertTrue(assertions.size() > 40, () -> assertions.size() + " sizes and offsets");
        assertEquals("", complaints(assertions));
    }

    @Test
    void aWrongValueIsNoticed() throws Exception {
        String complaints = complaints(List.of(equal("ERROR_IO_PENDING", 998)));
        assertTrue(complaints.contains("ERROR_IO_PENDING"), complaints);
    }

    private static List<Class<?>> structs() throws Exception {
        List<Class<?>> structs = new ArrayList<>();
        try (Stream<Path> files = Files.list(GENERATED)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Class<?> generated = Class.forName(Windows.class.getPackageName() + "." + name);
                if (Arrays.stream(generated.getMethods())
                        .anyMatch(method -> method.getName().equals("layout"))) {
                    structs.add(generated);
                }
            }
        }
        return structs;
    }

    private static String equal(String expression, Number value) {
        return "_Static_assert(%s == %dLL, \"%s is not %d\");"
                .formatted(expression, value.longValue(), expression, value.longValue());
    }

    /** What the compiler says, nothing if it agrees. */
    private static String complaints(List<String> assertions)
            throws IOException, InterruptedException {
        Process compiler =
                new ProcessBuilder(COMPILER, "-fsyntax-only", "-w", "-x", "c", "-")
                        .redirectErrorStream(true)
                        .start();
        try (var source = compiler.outputWriter(StandardCharsets.UTF_8)) {
            source.write("#include \"" + HEADER.toRealPath() + "\"\n");
            source.write(String.join("\n", assertions));
            source.write("\n");
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(said.isEmpty() ? 0 : 1, compiler.waitFor(), said);
        return said;
    }
}
