// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Gives a channel's end a class of its own, in which the channel's memory is a constant.
 *
 * <p>The compiler then knows its address and its size, and an access is as cheap as it is in C;
 * through a field it takes nearly twice as long. Such a class is {@link RingSender} or {@link
 * RingReceiver} once more, as a hidden class whose class data is the memory. It goes with the end
 * for which it was made. Where there are no hidden classes, as in a native image, or where the
 * property {@value #PROPERTY} is {@code false}, the plain class does the same.
 */
final class Special {
    static final String PROPERTY = "org.ipc4j.channel.special";

    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

    private Special() {}

    /** Returns the memory of a class that was made for one channel; null for a plain class. */
    static MemorySegment memoryOf(MethodHandles.Lookup lookup) {
        try {
            return MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, MemorySegment.class);
        } catch (IllegalAccessException e) {
            throw new AssertionError("a class may ask for its own data", e);
        }
    }

    /**
     * Returns the only constructor of a class made for one channel, or of the plain class.
     *
     * @param plain the plain class
     * @param memory the channel's memory
     */
    static MethodHandle constructor(Class<?> plain, MemorySegment memory) {
        try {
            MethodHandles.Lookup lookup = isWanted() ? specialised(plain, memory) : HERE.in(plain);
            return constructor(lookup);
        } catch (IOException | ReflectiveOperationException | UnsupportedOperationException e) {
            return plainConstructor(plain);
        }
    }

    private static boolean isWanted() {
        return !"false".equalsIgnoreCase(System.getProperty(PROPERTY));
    }

    private static MethodHandles.Lookup specialised(Class<?> plain, MemorySegment memory)
            throws IOException, IllegalAccessException {
        try (InputStream in = plain.getResourceAsStream(plain.getSimpleName() + ".class")) {
            if (in == null) {
                throw new FileNotFoundException(plain + " has no class file, as in a native image");
            }
            return HERE.defineHiddenClassWithClassData(in.readAllBytes(), memory, true);
        }
    }

    private static MethodHandle constructor(MethodHandles.Lookup lookup)
            throws ReflectiveOperationException {
        Class<?> type = lookup.lookupClass();
        return lookup.findConstructor(
                type,
                MethodType.methodType(
                        void.class, type.getDeclaredConstructors()[0].getParameterTypes()));
    }

    private static MethodHandle plainConstructor(Class<?> plain) {
        try {
            return constructor(HERE.in(plain));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the class is in this package", e);
        }
    }
}
