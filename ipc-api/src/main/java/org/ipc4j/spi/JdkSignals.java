// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalUnavailableException;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.OptionalInt;

/**
 * The JDK's own dispatcher of signals, {@code sun.misc.Signal}. It is called by reflection, so that
 * no module here requires {@code jdk.unsupported}, and a run-time image without it works but for
 * this.
 *
 * <p>The JDK's handler in C only counts; a thread of the JDK calls ours, in a new thread for each
 * signal. Nothing here is called inside a signal handler.
 */
public final class JdkSignals {
    private static final String ABSENT =
            "this needs the module jdk.unsupported (sun.misc.Signal): start Java with --add-modules"
                    + " jdk.unsupported, or add it to the image with jlink --add-modules";

    /** Null where the module is missing. */
    private static final JdkSignals JDK = find();

    private final Class<?> handlerType;
    private final Constructor<?> constructor;
    private final Method number;
    private final Method handle;
    private final Method raise;

    private JdkSignals() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        handlerType = Class.forName("sun.misc.SignalHandler");
        constructor = type.getConstructor(String.class);
        number = type.getMethod("getNumber");
        handle = type.getMethod("handle", type, handlerType);
        raise = type.getMethod("raise", type);
    }

    private static JdkSignals find() {
        try {
            return new JdkSignals();
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }

    /**
     * Tells whether the dispatcher can be reached.
     *
     * @return available, or what is missing
     */
    public static Availability availability() {
        return JDK == null ? Availability.unavailable(ABSENT) : Availability.available();
    }

    /**
     * Returns the number of a signal, as the JDK knows it.
     *
     * @param name its name with {@code SIG}
     * @return the number, or empty if there is none of that name or the dispatcher is missing
     */
    public static OptionalInt number(String name) {
        if (JDK == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of((int) call(JDK.number, JDK.signal(name)));
        } catch (IllegalArgumentException unknown) {
            return OptionalInt.empty();
        }
    }

    /**
     * Sends a signal to this process.
     *
     * @param signal the signal
     * @throws SignalUnavailableException if the dispatcher is missing
     */
    public static void raise(Signal signal) throws SignalUnavailableException {
        require(signal);
        call(JDK.raise, null, JDK.signal(signal.name()));
    }

    /** Puts back what a signal did before. */
    @FunctionalInterface
    public interface Handling {
        /** Called once. */
        void end();
    }

    /**
     * Has something called for each time that the dispatcher has seen a signal, in a thread of the
     * JDK's.
     *
     * @param signal the signal
     * @param action what is called; it must be short
     * @return ends that
     * @throws SignalUnavailableException if the dispatcher is missing, or the JVM needs the signal
     */
    public static Handling handle(Signal signal, Runnable action)
            throws SignalUnavailableException {
        require(signal);
        Object jdkSignal = JDK.signal(signal.name());
        Object ours =
                Proxy.newProxyInstance(
                        JDK.handlerType.getClassLoader(),
                        new Class<?>[] {JDK.handlerType},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "equals" -> proxy == arguments[0];
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    case "toString" -> "ipc4j handler of " + signal;
                                    default -> {
                                        action.run();
                                        yield null;
                                    }
                                });
        Object before;
        try {
            before = call(JDK.handle, null, jdkSignal, ours);
        } catch (IllegalArgumentException refused) {
            throw new SignalUnavailableException(name(signal), refused.getMessage());
        }
        return () -> {
            Object replaced = call(JDK.handle, null, jdkSignal, before);
            if (replaced != ours) {
                call(JDK.handle, null, jdkSignal, replaced); // somebody has come after us
            }
        };
    }

    /**
     * Returns the name that messages about a signal use.
     *
     * @param signal the signal
     * @return its name as a native name
     */
    public static IpcName name(Signal signal) {
        return IpcName.ofNative(signal.name());
    }

    private static void require(Signal signal) throws SignalUnavailableException {
        if (JDK == null) {
            throw new SignalUnavailableException(name(signal), ABSENT);
        }
    }

    private Object signal(String name) {
        try {
            return constructor.newInstance(name.substring("SIG".length()));
        } catch (InvocationTargetException e) {
            throw unchecked(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Method method, Object receiver, Object... arguments) {
        try {
            return method.invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw unchecked(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException unchecked(InvocationTargetException e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause());
    }
}
