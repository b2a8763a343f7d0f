// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The rings of the architecture, held by the class files; and for each rule a module that breaks
 * it.
 */
@DisabledOnOs(
        value = OS.WINDOWS,
        disabledReason = "the class files are the same, and the rig's JDK has no compiler")
class StructureTest {
    private static final String POSIX = "org.ipc4j.posix";
    private static final String WINDOWS = "org.ipc4j.windows";
    private static final Set<String> PROVIDERS = Set.of(POSIX, "org.ipc4j.jvm", WINDOWS);
    private static final Predicate<String> UNSAFE =
            type -> type.equals("sun.misc.Unsafe") || type.startsWith("jdk.internal.");

    @TempDir private Path directory;

    private static Structure module(String name) {
        Structure module = Structure.of(Child.location(name));
        assertEquals(name, module.name());
        assertFalse(module.isEmpty());
        return module;
    }

    private static void assertKept(List<String> broken) {
        assertTrue(broken.isEmpty(), () -> String.join(System.lineSeparator(), broken));
    }

    private static void assertBroken(List<String> broken, String... parts) {
        assertEquals(1, broken.size(), broken::toString);
        for (String part : parts) {
            assertTrue(broken.getFirst().contains(part), broken::toString);
        }
    }

    /** Compiles a module of the given classes, with the API beside it. */
    private Structure fixture(String moduleInfo, Map<String, String> sources) throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        files.add(source("module-info", moduleInfo));
        sources.forEach((name, text) -> files.add(source(name, text)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    manager,
                                    null,
                                    List.of(
                                            "-d", directory.toString(),
                                            "--module-path", Child.location("org.ipc4j").toString(),
                                            "-proc:none", "-nowarn"),
                                    null,
                                    files)
                            .call();
            assertTrue(compiled, messages::toString);
        }
        return Structure.of(directory);
    }

    private static JavaFileObject source(String name, String text) {
        URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                String simple = name.substring(name.lastIndexOf('.') + 1);
                return name.indexOf('.') < 0
                        ? text
                        : "package "
                                + name.substring(0, name.lastIndexOf('.'))
                                + "; public class "
                                + simple
                                + " { "
                                + text
                                + " }";
            }
        };
    }

    @Test
    void dependenciesGoFromMechanismToSysToGen() {
        assertKept(module(POSIX).againstTheRings());
        assertKept(module(WINDOWS).againstTheRings());
    }

    @Test
    void theWayBackIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad {}",
                                Map.of(
                                        "bad.sync.Mechanism", "bad.sys.Calls calls;",
                                        "bad.sys.Calls",
                                                "bad.sys.gen.Header header; bad.sync.Mechanism"
                                                        + " back;",
                                        "bad.sys.gen.Header", ""))
                        .againstTheRings(),
                "bad.sys.Calls uses bad.sync.Mechanism");
    }

    @Test
    void theWayPastSysIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad {}",
                                Map.of(
                                        "bad.sync.Mechanism",
                                        "Object past() { return new bad.sys.gen.Header();" + " }",
                                        "bad.sys.gen.Header",
                                        ""))
                        .againstTheRings(),
                "bad.sync.Mechanism uses bad.sys.gen.Header");
    }

    @Test
    void generatedCodeThatUsesSysIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad {}",
                                Map.of(
                                        "bad.sys.Calls", "public static void call() {}",
                                        "bad.sys.gen.Header",
                                                "void back() { bad.sys.Calls.call(); }"))
                        .againstTheRings(),
                "bad.sys.gen.Header uses bad.sys.Calls");
    }

    @Test
    void mechanismsOfTheNativeProviderDoNotUseOneAnother() {
        assertKept(module(POSIX).betweenMechanisms());
        assertKept(module(WINDOWS).betweenMechanisms());
    }

    @Test
    void aMechanismThatUsesAnotherIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad {}",
                                Map.of(
                                        "bad.sync.One",
                                        "void use(java.util.List<bad.queue.Other> others) { for"
                                                + " (bad.queue.Other other : others) {"
                                                + " other.hashCode(); } }",
                                        "bad.queue.Other",
                                        ""))
                        .betweenMechanisms(),
                "bad.sync.One uses bad.queue.Other");
    }

    /**
     * A plain-Java provider composes through the API, so its mechanisms need one another as little.
     */
    @Test
    void mechanismsOfThePlainProviderDoNotUseOneAnother() {
        assertKept(module("org.ipc4j.jvm").betweenMechanisms());
    }

    @Test
    void onlySysMakesRestrictedCalls() {
        assertKept(module(POSIX).restrictedCalls(Structure::isSysRing));
        assertKept(module(WINDOWS).restrictedCalls(Structure::isSysRing));
        assertKept(module("org.ipc4j").restrictedCalls(ring -> false));
        assertKept(module("org.ipc4j.jvm").restrictedCalls(ring -> false));
        assertFalse(module(POSIX).restrictedCalls(ring -> false).isEmpty(), "sys does make some");
        assertFalse(module(WINDOWS).restrictedCalls(ring -> false).isEmpty(), "sys does make some");
    }

    @Test
    void theRestrictedMethodsAreKnown() {
        Structure any = module("org.ipc4j");
        for (Map.Entry<String, String> expected :
                Map.of(
                                "java/lang/foreign/Linker", "downcallHandle",
                                "java/lang/foreign/SymbolLookup", "libraryLookup",
                                "java/lang/foreign/MemorySegment", "reinterpret",
                                "java/lang/foreign/AddressLayout", "withTargetLayout",
                                "java/lang/System", "loadLibrary",
                                "java/lang/Runtime", "load",
                                "java/lang/ModuleLayer$Controller", "enableNativeAccess")
                        .entrySet()) {
            assertTrue(
                    any.restricted(expected.getKey()).stream()
                            .anyMatch(method -> method.startsWith(expected.getValue() + "(")),
                    expected::toString);
        }
        assertTrue(
                any.restricted("java/lang/foreign/Linker").stream()
                        .anyMatch(m -> m.startsWith("upcallStub(")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object x(java.lang.foreign.MemorySegment s) { return s.reinterpret(8); }",
                "Object x(java.lang.foreign.Arena a) { return"
                        + " java.lang.foreign.SymbolLookup.libraryLookup(\"c\", a); }",
                "Object x(java.lang.foreign.Linker l) { return l.downcallHandle(null); }",
                "Object x() { return java.lang.foreign.ValueLayout.ADDRESS.withTargetLayout("
                        + "java.lang.foreign.ValueLayout.JAVA_INT); }",
                "void x() { System.loadLibrary(\"c\"); }",
                "java.util.function.LongFunction<?> x(java.lang.foreign.MemorySegment s) { return"
                        + " s::reinterpret; }"
            })
    void aRestrictedCallElsewhereIsNoticed(String method) throws IOException {
        assertBroken(
                fixture("module bad {}", Map.of("bad.sync.Mechanism", method))
                        .restrictedCalls(Structure::isSysRing),
                "bad.sync.Mechanism calls restricted");
    }

    @Test
    void providersDoNotRequireEachOther() {
        for (String name : List.of(POSIX, WINDOWS, "org.ipc4j.jvm", "org.ipc4j")) {
            Structure module = module(name);
            assertTrue(
                    module.requires().stream().noneMatch(PROVIDERS::contains),
                    () -> name + module.requires());
            assertKept(
                    module.usesOf(type ->
                            PROVIDERS.stream()
                                    .anyMatch(other ->
                                            !other.equals(name) && type.startsWith(other + "."))));
        }
    }

    @Test
    void aUseOfAnotherProviderIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad {}",
                                Map.of(
                                        "org.ipc4j.windows.sync.Theirs",
                                        "",
                                        "bad.sync.Ours",
                                        "Class<?> theirs() { return"
                                                + " org.ipc4j.windows.sync.Theirs[].class; }"))
                        .usesOf(type -> type.startsWith("org.ipc4j.windows."))
                        .stream()
                        .filter(sentence -> sentence.startsWith("bad."))
                        .toList(),
                "bad.sync.Ours uses org.ipc4j.windows.sync.Theirs");
    }

    @Test
    void exportedSignaturesNameNoForeignTypeButMemorySegment() {
        for (String name : List.of(POSIX, WINDOWS, "org.ipc4j.jvm", "org.ipc4j")) {
            assertKept(module(name).foreignTypesInExportedSignatures());
        }
    }

    @Test
    void aForeignTypeInAnExportedSignatureIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad { exports bad.api; }",
                                Map.of(
                                        "bad.api.Offered",
                                        "public java.lang.foreign.MemorySegment fine() { return"
                                                + " null; } private java.lang.foreign.Arena hidden;"
                                                + " protected void"
                                                + " shown(java.util.List<java.lang.foreign.Arena>"
                                                + " arenas) {}",
                                        "bad.hidden.Free",
                                        "public java.lang.foreign.Arena arena;"))
                        .foreignTypesInExportedSignatures(),
                "bad.api.Offered offers java.lang.foreign.Arena");
    }

    @Test
    void providersExportNothing() {
        for (String name : List.of(POSIX, WINDOWS, "org.ipc4j.jvm")) {
            Module module = ModuleLayer.boot().findModule(name).orElseThrow();
            assertEquals(Set.of(), module.getDescriptor().exports());
        }
    }

    @Test
    void nobodyUsesUnsafe() {
        for (String name : List.of(POSIX, WINDOWS, "org.ipc4j.jvm", "org.ipc4j")) {
            assertKept(module(name).usesOf(UNSAFE));
            assertFalse(module(name).requires().contains("jdk.unsupported"));
        }
    }

    @Test
    void aUseOfUnsafeIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad { requires jdk.unsupported; }",
                                Map.of("bad.sync.Fast", "sun.misc.Unsafe unsafe;"))
                        .usesOf(UNSAFE),
                "bad.sync.Fast uses sun.misc.Unsafe");
    }

    @Test
    void thereIsNoNativeFile() {
        for (String name : List.of(POSIX, WINDOWS, "org.ipc4j.jvm", "org.ipc4j")) {
            assertKept(module(name).nativeFiles());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/libx.so", "x.dll", "linux/libx.so.1", "x.dylib"})
    void aNativeFileIsNoticed(String file) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[1]);
        assertBroken(fixture("module bad {}", Map.of("bad.sync.X", "")).nativeFiles(), file);
    }

    @Test
    void servicesOfTheClassPathAreThoseOfTheModulePath() {
        for (String name : List.of(POSIX, WINDOWS, "org.ipc4j.jvm")) {
            assertKept(module(name).servicesThatDiffer());
            assertFalse(
                    ModuleLayer.boot()
                            .findModule(name)
                            .orElseThrow()
                            .getDescriptor()
                            .provides()
                            .isEmpty());
        }
    }

    @Test
    void aMissingServiceIsNoticed() throws IOException {
        assertBroken(
                fixture(
                                "module bad { provides java.lang.Runnable with bad.sync.X; }",
                                Map.of(
                                        "bad.sync.X",
                                        "public static Runnable provider() { return () -> {}; }"))
                        .servicesThatDiffer(),
                "java.lang.Runnable");
    }
}
