// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import org.ipc4j.internal.Providers;
import org.ipc4j.spi.MechanismProvider;

import java.util.ArrayList;
import java.util.List;

/**
 * What is there: the report, and the providers themselves.
 *
 * <p>Most programs need neither; they call {@link org.ipc4j.sync.NamedSemaphore#open} and its like,
 * which use the selected provider. It is selected once per mechanism: the one that system property
 * {@code org.ipc4j.provider.<mechanism>} (see {@link Mechanism#key()}) or {@code
 * org.ipc4j.provider} names (the latter if it offers the mechanism), else the available one of the
 * highest rank.
 */
public final class Ipc {
    private Ipc() {}

    /**
     * Reports every provider of every mechanism: what works here, what does not and why. This is
     * the text to paste into a bug report.
     *
     * @return the report; its {@code toString} is a table
     */
    public static IpcReport report() {
        List<IpcReport.Row> rows = new ArrayList<>();
        for (Mechanism mechanism : Mechanism.values()) {
            rows.addAll(Providers.of(mechanism.providerType()).report());
        }
        return new IpcReport(rows);
    }

    /**
     * Returns the selected provider of a mechanism.
     *
     * @param type the provider interface, for example {@code NamedSemaphoreProvider.class}
     * @param <P> the provider interface
     * @return the selected provider
     * @throws UnsupportedOperationException if no provider is available; the message gives every
     *     provider's reason
     * @throws IllegalStateException if a system property names an unknown provider, or two
     *     providers have equal rank
     * @throws IllegalArgumentException if {@code type} is not the provider interface of a mechanism
     */
    public static <P extends MechanismProvider> P provider(Class<P> type) {
        return Providers.of(type).selected();
    }

    /**
     * Returns a provider by its name, selected or not, available or not.
     *
     * @param type the provider interface
     * @param name the provider's name, for example {@code posix}
     * @param <P> the provider interface
     * @return the provider
     * @throws IllegalArgumentException if there is no provider of that name, or {@code type} is not
     *     the provider interface of a mechanism
     */
    public static <P extends MechanismProvider> P provider(Class<P> type, String name) {
        return Providers.of(type).named(name);
    }
}
