// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.ReceivedHandle;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A handle that a local socket has received, until a mechanism of the same provider takes it over.
 * It has one owner at any time, so it is closed once.
 */
public final class AdoptableHandle implements ReceivedHandle {
    private final String provider;
    private final IpcName name;
    private final HandleKind kind;
    private final AtomicReference<NativeHandle> handle;

    /**
     * Takes over a handle.
     *
     * @param provider whose handle it is; others cannot adopt it
     * @param name what messages call it
     * @param kind what the system says that it is
     * @param handle the handle
     */
    public AdoptableHandle(String provider, IpcName name, HandleKind kind, NativeHandle handle) {
        this.provider = provider;
        this.name = name;
        this.kind = kind;
        this.handle = new AtomicReference<>(handle);
    }

    /**
     * Returns the one that a mechanism was asked to adopt.
     *
     * @param received what the user has
     * @return the same
     * @throws IllegalArgumentException if it was not received over a local socket of a provider
     */
    public static AdoptableHandle of(ReceivedHandle received) {
        Objects.requireNonNull(received, "received");
        if (received instanceof AdoptableHandle adoptable) {
            return adoptable;
        }
        throw new IllegalArgumentException(received + " was not received over a local socket");
    }

    /**
     * Returns whose handle it is.
     *
     * @return the provider's name, to find the mechanism of the same provider
     */
    public String provider() {
        return provider;
    }

    /**
     * Returns what messages call it.
     *
     * @return a name that tells where it came from
     */
    public IpcName name() {
        return name;
    }

    @Override
    public HandleKind kind() {
        return kind;
    }

    @Override
    public boolean isOpen() {
        return handle.get() != null;
    }

    /** Looks at a handle before it is handed over. */
    @FunctionalInterface
    public interface Check {
        /**
         * Refuses a handle that cannot be used.
         *
         * @param value the handle
         * @throws IpcException if it cannot be used; it stays here
         */
        void accept(long value) throws IpcException;
    }

    /**
     * Hands the handle over; from here on it is the caller's to close.
     *
     * @param expected what the caller can use
     * @param check looks at it more closely
     * @return the handle
     * @throws IncompatibleException if it is of another kind; it stays here
     * @throws IpcException if the check refuses it; it stays here
     * @throws IllegalStateException if it was adopted or closed already
     */
    public NativeHandle take(HandleKind expected, Check check) throws IpcException {
        NativeHandle wanted = handle.get();
        if (kind == expected && wanted != null) {
            long value = wanted.enter();
            try {
                check.accept(value);
            } finally {
                wanted.exit();
            }
        }
        return take(expected);
    }

    /**
     * Hands the handle over; from here on it is the caller's to close.
     *
     * @param expected what the caller can use
     * @return the handle
     * @throws IncompatibleException if it is of another kind; it stays here
     * @throws IllegalStateException if it was adopted or closed already
     */
    public NativeHandle take(HandleKind expected) throws IncompatibleException {
        if (kind != expected) {
            throw new IncompatibleException(
                    name, "what was received is " + kind + ", not " + expected);
        }
        NativeHandle taken = handle.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException(name + " was adopted or closed already");
        }
        return taken;
    }

    @Override
    public void close() {
        NativeHandle left = handle.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }

    @Override
    public String toString() {
        return name + " (" + kind + ")";
    }
}
