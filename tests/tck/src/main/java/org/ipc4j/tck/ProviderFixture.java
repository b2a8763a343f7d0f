// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.spi.RuntimeFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What every test of a provider stands on: the provider, names of its own, and that it leaves
 * nothing behind. It has no tests.
 *
 * @param <P> the provider interface
 */
@Timeout(120)
public abstract class ProviderFixture<P extends MechanismProvider> {
    private static final String TOKEN =
            "tck-"
                    + ProcessHandle.current().pid()
                    + "-"
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private static final AtomicLong COUNTER = new AtomicLong();

    private final List<IpcName> names = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** For subclasses. */
    protected ProviderFixture() {}

    /**
     * Returns the provider that is tested.
     *
     * @return the provider
     */
    protected abstract P provider();

    /** Skips everything on a system where the provider does not work. */
    @BeforeEach
    protected void requireAvailable() {
        if (provider().availability() instanceof Availability.Unavailable(String reason)) {
            assumeTrue(false, provider().name() + " is unavailable: " + reason);
        }
    }

    /**
     * Closes and removes what the test has made, and looks for anything left behind in the
     * directories where systems keep such things.
     *
     * @throws Exception if something cannot be closed or removed
     */
    @AfterEach
    protected void leaveNothingBehind() throws Exception {
        closeAll();
        synchronized (names) {
            if (provider() instanceof NamedObjectProvider named) {
                for (IpcName name : names) {
                    named.remove(name);
                }
            }
            for (IpcName name : names) {
                assertEquals(List.of(), traces(name), "left behind by " + provider().name());
            }
        }
    }

    /**
     * Closes everything that is to be closed after the test, now.
     *
     * @throws Exception if something cannot be closed
     */
    protected final void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /**
     * Skips a test if the provider does not declare a capability.
     *
     * @param capability what the test needs
     */
    protected final void require(Capability capability) {
        assumeTrue(has(capability), provider().name() + " does not declare " + capability);
    }

    /**
     * Tells whether the provider declares a capability.
     *
     * @param capability the capability
     * @return {@code true} if it does
     */
    protected final boolean has(Capability capability) {
        return provider().capabilities().contains(capability);
    }

    /**
     * Returns a name that nobody uses. It is removed after the test.
     *
     * @return a portable name
     */
    protected final IpcName fresh() {
        return fresh("");
    }

    /**
     * Returns a name that nobody uses. It is removed after the test.
     *
     * @param suffix how the name ends
     * @return a portable name
     */
    protected final IpcName fresh(String suffix) {
        return removing(IpcName.of(TOKEN + "-" + COUNTER.incrementAndGet() + suffix));
    }

    /**
     * Has a name removed after the test.
     *
     * @param name the name
     * @return the name
     */
    protected final IpcName removing(IpcName name) {
        synchronized (names) {
            names.add(name);
        }
        return name;
    }

    /**
     * Has something closed after the test, before the names are removed.
     *
     * @param <C> its type
     * @param object what to close
     * @return the object
     */
    protected final <C extends AutoCloseable> C closing(C object) {
        synchronized (open) {
            open.push(object);
        }
        return object;
    }

    /**
     * Returns the file that an object is, on systems where it is one. Looks where Linux has them; a
     * provider for another system overrides it.
     *
     * @param object the object
     * @return the file, or empty if it is none or that cannot be known
     */
    protected Optional<Path> file(NamedObject object) {
        String key = object.nativeKey();
        if (!key.startsWith("/")) {
            return Optional.empty();
        }
        return Stream.concat(
                        Stream.of(
                                        key,
                                        "/dev/shm" + key,
                                        "/dev/shm/sem." + key.substring(1),
                                        "/dev/mqueue" + key)
                                .map(Path::of),
                        descriptors(key))
                .filter(path -> Files.exists(path))
                .findFirst();
    }

    /** Linux lets a queue be looked at through its descriptor where no file system shows it. */
    private static Stream<Path> descriptors(String key) {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(fd -> key.equals(target(fd))).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    /**
     * Asserts the permissions of an object that is a file; skips if it is none.
     *
     * @param object the object
     * @param access what it was created with
     * @throws IOException if the file cannot be looked at
     */
    protected final void assertMode(NamedObject object, Access access) throws IOException {
        Optional<Path> file = file(object);
        assumeTrue(file.isPresent(), object.nativeKey() + " is not a file that can be looked at");
        String expected =
                switch (access) {
                    case OWNER -> "rw-------";
                    case GROUP -> "rw-rw----";
                    case EVERYBODY -> "rw-rw-rw-";
                };
        assertEquals(
                expected,
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file.get())),
                () -> file.get().toString());
    }

    /**
     * Counts what this process holds of the system: file descriptors and mappings.
     *
     * @return the number; 0 where it cannot be known
     * @throws IOException if {@code /proc} cannot be read
     */
    protected static long held() throws IOException {
        Path self = Path.of("/proc/self");
        if (!Files.exists(self)) {
            return 0;
        }
        try (Stream<Path> descriptors = Files.list(self.resolve("fd"));
                Stream<String> mappings = Files.lines(self.resolve("maps"))) {
            return descriptors.count() + mappings.filter(line -> line.contains(TOKEN)).count();
        }
    }

    private static List<Path> traces(IpcName name) throws IOException {
        List<Path> traces = new ArrayList<>();
        List<Path> directories = new ArrayList<>();
        for (String directory :
                List.of("/dev/shm", "/dev/mqueue", System.getProperty("java.io.tmpdir"))) {
            directories.add(Path.of(directory));
        }
        RuntimeFolder.path().ifPresent(directories::add);
        for (Path path : directories) {
            if (!name.isNative() && Files.isReadable(path)) {
                try (Stream<Path> entries = Files.list(path)) {
                    entries.filter(entry -> mentions(entry, name)).forEach(traces::add);
                }
            }
        }
        return traces;
    }

    private static boolean mentions(Path entry, IpcName name) {
        String text = entry.getFileName().toString();
        int at = text.indexOf(name.value());
        int end = at + name.value().length();
        return at >= 0 && (end == text.length() || !Character.isDigit(text.charAt(end)));
    }
}
