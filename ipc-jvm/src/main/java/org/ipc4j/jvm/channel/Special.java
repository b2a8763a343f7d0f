// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Gives a channel's end a class of its own, in which the channel's memory and layout are constants.
 *
 * <p>The compiler then knows the address and the size, and an access is nearly as cheap as in C;
 * through fields it takes nearly twice as long. Such a class is {@link RingSender} or {@link
 * ChannelRingReader} once more, as a hidden class whose class data is that. It goes with the end
 * for which it was made. Where there are no hidden classes, as in a native image, or where the
 * property {@value #PROPERTY} is {@code false}, the plain class does the same.
 */
final class Special {
    static final String PROPERTY = "org.ipc4j.channel.special";

    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

    private Special() {}

    /** Returns the data of a class that was made for one channel; null for a plain class. */
    static <T> T dataOf(MethodHandles.Lookup lookup, Class<T> type) {
        try {
            return MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, type);
        } catch (IllegalAccessException e) {
            throw new AssertionError("a class may ask for its own data", e);
        }
    }

    /**
     * Returns the only constructor of a class made for one channel, or of the plain class.
     *
     * @param plain the plain class
     * @param data what shall be constant in the other one; null for the plain class
     */
    static MethodHandle constructor(Class<?> plain, Object data) {
        try {
            MethodHandles.Lookup lookup =
                    data != null && isWanted() ? specialised(plain, data) : HERE.in(plain);
            return constructor(lookup);
        } catch (IOException | ReflectiveOperationException | UnsupportedOperationException e) {
            return plainConstructor(plain);
        }
    }

    private static boolean isWanted() {
        return !"false".equalsIgnoreCase(System.getProperty(PROPERTY));
    }

    private static MethodHandles.Lookup specialised(Class<?> plain, Object data)
            throws IOException, IllegalAccessException {
        try (InputStream in = plain.getResourceAsStream(plain.getSimpleName() + ".class")) {
            if (in == null) {
                throw new FileNotFoundException(plain + " has no class file, as in a native image");
            }
            return HERE.defineHiddenClassWithClassData(in.readAllBytes(), data, true);
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
