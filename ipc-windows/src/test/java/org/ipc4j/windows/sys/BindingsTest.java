// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.windows.sys.gen.functions.WindowsFunctions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The functions that are linked by hand have the types that jextract reads from the headers. */
@EnabledOnOs(OS.WINDOWS)
class BindingsTest {
    private static final List<Class<?>> CALLS =
            List.of(
                    FileApi.class,
                    HandleApi.class,
                    IoApi.class,
                    MemoryApi.class,
                    NamedPipeApi.class,
                    NtDll.class,
                    SecurityApi.class,
                    SynchApi.class,
                    WinbaseApi.class);

    /** jextract's functions are looked up in what this class loader has loaded. */
    @BeforeAll
    static void load() {
        List.of("kernel32", "advapi32", "ntdll").forEach(System::loadLibrary);
    }

    @TestFactory
    Stream<DynamicTest> everyHandleHasTheTypeOfItsFunction() throws Exception {
        List<Field> handles = new ArrayList<>();
        for (Class<?> calls : CALLS) {
            int before = handles.size();
            for (Field field : calls.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.getType() == MethodHandle.class) {
                    handles.add(field);
                }
            }
            assertTrue(handles.size() > before, calls + " links nothing");
        }
        return handles.stream()
                .map(field -> DynamicTest.dynamicTest(field.getName(), () -> compare(field)));
    }

    /**
     * A handle's type tells as much as its descriptor does: each of the layouts in use has a Java
     * type of its own. The parameter for the last error comes first, where it is captured.
     */
    private static void compare(Field field) throws Exception {
        MethodType expected = generated(field.getName()).toMethodType();
        MethodType actual = ((MethodHandle) field.get(null)).type();
        boolean captures = actual.parameterCount() > expected.parameterCount();
        assertEquals(
                captures ? expected.insertParameterTypes(0, MemorySegment.class) : expected,
                actual);
    }

    /** {@code CREATE_SEMAPHORE} is {@code CreateSemaphoreW}. */
    private static FunctionDescriptor generated(String field) throws Exception {
        String plain = field.replace("_", "").toLowerCase(Locale.ROOT);
        for (Method method : WindowsFunctions.class.getMethods()) {
            String name = method.getName().toLowerCase(Locale.ROOT);
            if (name.equals(plain + "$descriptor") || name.equals(plain + "w$descriptor")) {
                return (FunctionDescriptor) method.invoke(null);
            }
        }
        throw new AssertionError("no function of jextract's is named like " + field);
    }
}
