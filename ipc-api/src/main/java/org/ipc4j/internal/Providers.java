// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.internal;

import org.ipc4j.IpcReport;
import org.ipc4j.Mechanism;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.MechanismProvider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The providers of one mechanism, loaded once, and the one that is selected.
 *
 * @param <P> the provider interface
 */
public final class Providers<P extends MechanismProvider> {
    static final String PROPERTY = "org.ipc4j.provider";
    private static final Map<Class<?>, Providers<?>> ALL = new ConcurrentHashMap<>();

    private final Mechanism mechanism;
    private final List<P> present = new ArrayList<>();

    /** What could not even be loaded; it appears in the report and breaks nothing else. */
    private final List<String> broken = new ArrayList<>();

    private volatile P selected;

    private Providers(Class<P> type) {
        this.mechanism = Mechanism.of(type);
        Iterator<P> found = loader(type).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                present.add(found.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(
                        e.getCause() == null
                                ? e.getMessage()
                                : e.getMessage() + ": " + e.getCause());
            }
        }
        present.sort(Comparator.comparingInt(MechanismProvider::rank).reversed());
    }

    /**
     * Returns the providers of a mechanism.
     *
     * @param type the mechanism's provider interface
     * @param <P> the provider interface
     * @return the providers; the same object for every call
     */
    @SuppressWarnings("unchecked") // the map's value belongs to its key
    public static <P extends MechanismProvider> Providers<P> of(Class<P> type) {
        return (Providers<P>) ALL.computeIfAbsent(type, t -> new Providers<>(type));
    }

    /**
     * Looks where this module is, never where the calling thread's context loader happens to look.
     * In the boot layer that is the application's module path and class path; in any other, that
     * layer.
     */
    private static <P> ServiceLoader<P> loader(Class<P> type) {
        ModuleLayer layer = Providers.class.getModule().getLayer();
        return layer == null || layer == ModuleLayer.boot()
                ? ServiceLoader.load(type, Providers.class.getClassLoader())
                : ServiceLoader.load(layer, type);
    }

    /**
     * Returns the selected provider.
     *
     * @return the provider that the static factories use
     */
    public P selected() {
        P choice = selected;
        if (choice == null) {
            // Two threads may choose at the same time; they choose the same.
            choice = choose();
            selected = choice;
        }
        return choice;
    }

    /**
     * Returns a provider by name.
     *
     * @param name the provider's name
     * @return the provider
     */
    public P named(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no provider \""
                                        + name
                                        + "\" for "
                                        + mechanism.key()
                                        + "; present: "
                                        + names()));
    }

    private P choose() {
        String property = PROPERTY + "." + mechanism.key();
        String wanted = System.getProperty(property);
        if (wanted != null) {
            return byProperty(property, wanted);
        }
        wanted = System.getProperty(PROPERTY);
        return wanted == null || find(wanted).isEmpty() && isProvider(wanted)
                ? highestRank()
                : byProperty(PROPERTY, wanted);
    }

    /** Who is named for all mechanisms need not offer all of them. */
    private static boolean isProvider(String name) {
        return Arrays.stream(Mechanism.values())
                .anyMatch(mechanism -> of(mechanism.providerType()).find(name).isPresent());
    }

    private P byProperty(String property, String wanted) {
        P provider =
                find(wanted)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "-D"
                                                + property
                                                + "="
                                                + wanted
                                                + " names no provider for "
                                                + mechanism.key()
                                                + "; present: "
                                                + names()));
        if (provider.availability() instanceof Availability.Unavailable(String reason)) {
            throw new UnsupportedOperationException(
                    "-D"
                            + property
                            + "="
                            + wanted
                            + " asks for a provider of "
                            + mechanism.key()
                            + " that is not available: "
                            + reason);
        }
        return provider;
    }

    private P highestRank() {
        List<P> available = present.stream().filter(p -> p.availability().isAvailable()).toList();
        if (available.isEmpty()) {
            throw new UnsupportedOperationException(
                    "no provider of "
                            + mechanism.key()
                            + " is available: "
                            + (present.isEmpty() && broken.isEmpty()
                                    ? "none is on the module path or class path (add ipc-jvm, or"
                                            + " the provider of your system)"
                                    : reasons()));
        }
        if (available.size() > 1 && available.get(0).rank() == available.get(1).rank()) {
            throw new IllegalStateException(
                    available.get(0).name()
                            + " and "
                            + available.get(1).name()
                            + " offer "
                            + mechanism.key()
                            + " with equal rank; choose one with -D"
                            + PROPERTY
                            + "."
                            + mechanism.key()
                            + "=<name>");
        }
        return available.getFirst();
    }

    private Optional<P> find(String name) {
        return present.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    private String names() {
        return present.stream().map(MechanismProvider::name).collect(Collectors.joining(", "));
    }

    private String reasons() {
        return Stream.concat(
                        present.stream().map(p -> p.name() + " is " + p.availability()),
                        broken.stream())
                .collect(Collectors.joining("; "));
    }

    /**
     * Reports these providers.
     *
     * @return a row for each provider
     */
    public List<IpcReport.Row> report() {
        P choice;
        try {
            choice = selected();
        } catch (UnsupportedOperationException | IllegalStateException e) {
            choice = null; // the rows tell why
        }
        List<IpcReport.Row> rows = new ArrayList<>();
        for (P provider : present) {
            rows.add(
                    new IpcReport.Row(
                            mechanism,
                            provider.name(),
                            provider == choice,
                            provider.availability(),
                            provider.capabilities()));
        }
        for (String message : broken) {
            rows.add(
                    new IpcReport.Row(
                            mechanism, "?", false, Availability.unavailable(message), Set.of()));
        }
        return rows;
    }

    /**
     * Returns every provider that could be loaded.
     *
     * @return the providers by rank, available or not
     */
    List<P> present() {
        return present;
    }

    Mechanism mechanism() {
        return mechanism;
    }
}
