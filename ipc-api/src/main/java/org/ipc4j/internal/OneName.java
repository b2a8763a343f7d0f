// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.internal;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.NamedObjectProvider;

import java.util.Optional;

/**
 * Keeps one name for one object: create, open and createOrOpen, each after a look at what the other
 * providers have under that name. Two processes that selected different providers never split a
 * name silently; the second is told.
 *
 * @param <P> the provider interface
 */
public final class OneName<P extends NamedObjectProvider> {
    private final Providers<P> providers;
    private final P selected;
    private final IpcName name;

    private OneName(Providers<P> providers, IpcName name) {
        this.providers = providers;
        this.selected = providers.selected();
        this.name = name;
    }

    /**
     * What is done with a provider.
     *
     * @param <P> the provider interface
     * @param <T> the result
     * @param <X> what it throws besides, {@link RuntimeException} for nothing
     */
    @FunctionalInterface
    public interface Call<P, T, X extends Exception> {
        /**
         * Does it.
         *
         * @param provider the selected provider
         * @return the result
         * @throws IpcException if the system refuses
         * @throws X as it likes
         */
        T with(P provider) throws IpcException, X;
    }

    /**
     * Starts with the selected provider of a mechanism.
     *
     * @param type the provider interface
     * @param name the object's name
     * @param <P> the provider interface
     * @return the name, to be created or opened
     */
    public static <P extends NamedObjectProvider> OneName<P> of(Class<P> type, IpcName name) {
        return new OneName<>(Providers.of(type), name);
    }

    /**
     * Creates.
     *
     * @param creator creates
     * @param <T> the mechanism's type
     * @return the created object
     * @throws IpcException if {@code creator} throws it, or another provider has an object under
     *     that name
     */
    public <T extends AutoCloseable> T create(Call<P, T, RuntimeException> creator)
            throws IpcException {
        refuseOther();
        T object = creator.with(selected);
        try {
            // Another process may have created with another provider between our look and our
            // creation. Each looks
            // again when its own object is visible, so at least one of the two finds out.
            refuseOther();
        } catch (IncompatibleException e) {
            undo(object, e);
            throw e;
        }
        return object;
    }

    /**
     * Opens.
     *
     * @param opener opens
     * @param <T> the mechanism's type
     * @param <X> what {@code opener} throws besides
     * @return the opened object
     * @throws IpcException if {@code opener} throws it, or another provider has an object under
     *     that name
     * @throws X if {@code opener} throws it
     */
    public <T, X extends Exception> T open(Call<P, T, X> opener) throws IpcException, X {
        refuseOther();
        return opener.with(selected);
    }

    /**
     * Opens, or creates if there is nothing to open, as often as others create and remove in
     * between.
     *
     * @param opener opens
     * @param creator creates
     * @param <T> the mechanism's type
     * @return the object
     * @throws IpcException if one of the two throws it for another reason, or another provider has
     *     an object under that name
     */
    public <T extends AutoCloseable> T createOrOpen(
            Call<P, T, RuntimeException> opener, Call<P, T, RuntimeException> creator)
            throws IpcException {
        while (true) {
            try {
                return open(opener);
            } catch (NameNotFoundException absent) {
                try {
                    return create(creator);
                } catch (NameExistsException present) {
                    Thread.onSpinWait(); // somebody was quicker: open theirs
                }
            }
        }
    }

    /**
     * Deletes the name.
     *
     * @return {@code false} if there was no such name
     * @throws IpcException if the system refuses
     */
    public boolean remove() throws IpcException {
        return selected.remove(name);
    }

    /**
     * A native key leads to one object whatever the provider, so only portable names can be split.
     */
    private void refuseOther() throws IncompatibleException {
        if (name.isNative() || providers.present().size() == 1) {
            return;
        }
        for (P other : providers.present()) {
            Optional<String> key = other == selected ? Optional.empty() : other.find(name);
            if (key.isPresent() && !key.get().equals(selected.nativeKey(name))) {
                String mechanism = providers.mechanism().key();
                throw new IncompatibleException(
                        name,
                        "this process uses provider "
                                + selected.name()
                                + ", but provider "
                                + other.name()
                                + " has a "
                                + mechanism
                                + " under that name: "
                                + key.get()
                                + "; use one provider everywhere (-D"
                                + Providers.PROPERTY
                                + "."
                                + mechanism
                                + "="
                                + other.name()
                                + "), or remove that object");
            }
        }
    }

    private void undo(AutoCloseable created, IncompatibleException reason) {
        try {
            created.close();
            selected.remove(name);
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }
}
