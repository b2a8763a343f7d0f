// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.posix.sys.gen.functions.LinuxFunctions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The functions that are linked by hand have the types that jextract reads from the C headers. */
class BindingsTest {
    private static final List<Class<?>> CALLS =
            List.of(
                    FcntlCalls.class,
                    FileCalls.class,
                    FutexCalls.class,
                    InotifyCalls.class,
                    MembarrierCalls.class,
                    MmanCalls.class,
                    MqueueCalls.class,
                    PidfdCalls.class,
                    PollCalls.class,
                    ResourceCalls.class,
                    SemaphoreCalls.class,
                    SocketCalls.class,
                    SocketMessages.class,
                    SignalfdCalls.class,
                    StatCalls.class,
                    StdioCalls.class,
                    TimeCalls.class,
                    UnistdCalls.class);

    @TestFactory
    Stream<DynamicTest> everyHandleHasTheTypeOfItsFunction() throws Exception {
        List<Field> handles = new ArrayList<>();
        for (Class<?> calls : CALLS) {
            int before = handles.size();
            collect(calls, handles);
            for (Class<?> nested : calls.getDeclaredClasses()) {
                collect(nested, handles);
            }
            assertTrue(handles.size() > before, calls + " links nothing");
        }
        return handles.stream()
                .map(field -> DynamicTest.dynamicTest(field.getName(), () -> compare(field)));
    }

    private static void collect(Class<?> calls, List<Field> handles) throws Exception {
        for (Field field : calls.getDeclaredFields()) {
            field.setAccessible(true);
            if (field.getType() == MethodHandle.class && field.get(null) != null) {
                handles.add(field);
            }
        }
    }

    /**
     * A handle's type tells as much as its descriptor does: each of the layouts in use has a Java
     * type of its own. The parameter for errno comes first, except in critical handles.
     */
    private static void compare(Field field) throws Exception {
        String name = field.getName().toLowerCase(Locale.ROOT);
        boolean critical = name.endsWith("_critical");
        MethodType expected = generated(name.replace("_critical", "")).toMethodType();
        MethodType actual = ((MethodHandle) field.get(null)).type();
        assertEquals(
                critical ? expected : expected.insertParameterTypes(0, MemorySegment.class),
                actual);
    }

    private static FunctionDescriptor generated(String function) throws Exception {
        return switch (function) {
            case "open" -> LinuxFunctions.open.makeInvoker(JAVA_INT).descriptor();
            case "fcntl" -> LinuxFunctions.fcntl.makeInvoker(ADDRESS).descriptor();
            case "fcntl_int" -> LinuxFunctions.fcntl.makeInvoker(JAVA_INT).descriptor();
            case "sem_open" -> LinuxFunctions.sem_open.makeInvoker(JAVA_INT, JAVA_INT).descriptor();
            case "mq_open" -> LinuxFunctions.mq_open.makeInvoker(JAVA_INT, ADDRESS).descriptor();
            case "futex" ->
                    LinuxFunctions.syscall
                            .makeInvoker(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)
                            .descriptor();
            case "membarrier" ->
                    LinuxFunctions.syscall.makeInvoker(JAVA_INT, JAVA_INT, JAVA_INT).descriptor();
            case "pidfd_open" ->
                    LinuxFunctions.syscall.makeInvoker(JAVA_INT, JAVA_INT).descriptor();
            case "pidfd_send_signal" ->
                    LinuxFunctions.syscall
                            .makeInvoker(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)
                            .descriptor();
            default ->
                    (FunctionDescriptor)
                            LinuxFunctions.class.getMethod(function + "$descriptor").invoke(null);
        };
    }
}
