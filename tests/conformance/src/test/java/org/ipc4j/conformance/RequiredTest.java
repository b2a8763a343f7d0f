// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.ipc4j.spi.Capability.ABSTRACT_NAMES;
import static org.ipc4j.spi.Capability.ANONYMOUS_MEMORY;
import static org.ipc4j.spi.Capability.ATOMIC_APPEARANCE;
import static org.ipc4j.spi.Capability.ATOMIC_WRITES;
import static org.ipc4j.spi.Capability.CROSS_PROCESS;
import static org.ipc4j.spi.Capability.DATAGRAMS;
import static org.ipc4j.spi.Capability.DISPATCHED_SIGNALS;
import static org.ipc4j.spi.Capability.EXACT_SIZE;
import static org.ipc4j.spi.Capability.EXISTING_PIPE;
import static org.ipc4j.spi.Capability.FOREIGN_PEERS;
import static org.ipc4j.spi.Capability.HALF_CLOSE;
import static org.ipc4j.spi.Capability.HANDLE_PASSING;
import static org.ipc4j.spi.Capability.KERNEL_WAIT;
import static org.ipc4j.spi.Capability.LOCK_HOLDER;
import static org.ipc4j.spi.Capability.MESSAGE_SOCKETS;
import static org.ipc4j.spi.Capability.OUTLIVES_CREATOR;
import static org.ipc4j.spi.Capability.PEER_IDENTITY;
import static org.ipc4j.spi.Capability.PEER_PROCESS;
import static org.ipc4j.spi.Capability.PERMIT_COUNT;
import static org.ipc4j.spi.Capability.REMOVABLE_NAME;
import static org.ipc4j.spi.Capability.SHARED_ACCESS;
import static org.ipc4j.spi.Capability.SIGNAL_CHOICE;
import static org.ipc4j.spi.Capability.SIGNAL_VALUES;
import static org.ipc4j.spi.Capability.SOCKET_FILES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.Mechanism;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MechanismProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must be there. A contract is skipped where its provider is unavailable, and a test where a
 * capability is not declared; here is what must neither be unavailable nor undeclared, so that
 * nothing is skipped that must not be.
 */
class RequiredTest {
    private static final Set<Capability> OBJECT =
            Set.of(CROSS_PROCESS, OUTLIVES_CREATOR, REMOVABLE_NAME, SHARED_ACCESS);

    private record Required(
            Mechanism mechanism,
            String provider,
            Set<Capability> capabilities,
            Set<WineDifference> exceptions) {
        Required except(WineDifference difference) {
            return new Required(mechanism, provider, capabilities, Set.of(difference));
        }
    }

    private static Required required(
            Mechanism mechanism, String provider, Set<Capability> common, Capability... besides) {
        Set<Capability> all = new TreeSet<>(common);
        all.addAll(Set.of(besides));
        return new Required(mechanism, provider, all, Set.of());
    }

    @TestFactory
    @EnabledOnOs(OS.LINUX)
    Stream<DynamicTest> onLinux() {
        return Stream.of(
                        required(
                                Mechanism.MAPPED_FILE,
                                "posix",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                EXACT_SIZE,
                                FOREIGN_PEERS,
                                HANDLE_PASSING),
                        required(
                                Mechanism.MAPPED_FILE,
                                "jvm",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                EXACT_SIZE,
                                FOREIGN_PEERS),
                        required(
                                Mechanism.SHARED_MEMORY,
                                "posix",
                                OBJECT,
                                ANONYMOUS_MEMORY,
                                ATOMIC_APPEARANCE,
                                FOREIGN_PEERS,
                                HANDLE_PASSING),
                        required(
                                Mechanism.SHARED_MEMORY,
                                "jvm",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                FOREIGN_PEERS),
                        required(
                                Mechanism.NAMED_SEMAPHORE,
                                "posix",
                                OBJECT,
                                FOREIGN_PEERS,
                                KERNEL_WAIT,
                                PERMIT_COUNT),
                        required(
                                Mechanism.NAMED_SEMAPHORE,
                                "jvm",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                PERMIT_COUNT),
                        required(
                                Mechanism.MESSAGE_QUEUE,
                                "posix",
                                OBJECT,
                                FOREIGN_PEERS,
                                KERNEL_WAIT),
                        required(Mechanism.MESSAGE_QUEUE, "jvm", OBJECT, ATOMIC_APPEARANCE),
                        required(Mechanism.CHANNEL, "jvm", OBJECT, ATOMIC_APPEARANCE),
                        required(Mechanism.TOPIC, "jvm", OBJECT, ATOMIC_APPEARANCE),
                        required(
                                Mechanism.NAMED_PIPE,
                                "posix",
                                Set.of(CROSS_PROCESS, REMOVABLE_NAME, SHARED_ACCESS),
                                ATOMIC_WRITES,
                                EXISTING_PIPE,
                                FOREIGN_PEERS,
                                KERNEL_WAIT),
                        required(
                                Mechanism.NAMED_PIPE, "jvm", Set.of(CROSS_PROCESS, REMOVABLE_NAME)),
                        required(
                                Mechanism.LOCAL_SOCKET,
                                "posix",
                                Set.of(CROSS_PROCESS, REMOVABLE_NAME, SHARED_ACCESS),
                                ABSTRACT_NAMES,
                                DATAGRAMS,
                                FOREIGN_PEERS,
                                HALF_CLOSE,
                                HANDLE_PASSING,
                                KERNEL_WAIT,
                                MESSAGE_SOCKETS,
                                PEER_IDENTITY,
                                PEER_PROCESS,
                                SOCKET_FILES),
                        required(
                                Mechanism.ANONYMOUS_PIPE,
                                "posix",
                                Set.of(CROSS_PROCESS),
                                ATOMIC_WRITES,
                                FOREIGN_PEERS,
                                HANDLE_PASSING,
                                KERNEL_WAIT),
                        required(Mechanism.ANONYMOUS_PIPE, "jvm", Set.of(KERNEL_WAIT)),
                        required(
                                Mechanism.LOCAL_SOCKET,
                                "jvm",
                                Set.of(CROSS_PROCESS, REMOVABLE_NAME, SHARED_ACCESS),
                                FOREIGN_PEERS,
                                HALF_CLOSE,
                                KERNEL_WAIT,
                                SOCKET_FILES),
                        required(
                                Mechanism.FILE_LOCK,
                                "posix",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR, SHARED_ACCESS),
                                FOREIGN_PEERS,
                                LOCK_HOLDER),
                        required(
                                Mechanism.FILE_LOCK,
                                "jvm",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR, SHARED_ACCESS),
                                FOREIGN_PEERS),
                        required(
                                Mechanism.FILE_EXCHANGE,
                                "posix",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                FOREIGN_PEERS,
                                KERNEL_WAIT),
                        required(
                                Mechanism.FILE_EXCHANGE,
                                "jvm",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                FOREIGN_PEERS),
                        required(
                                Mechanism.SIGNAL,
                                "posix",
                                Set.of(CROSS_PROCESS, FOREIGN_PEERS, KERNEL_WAIT),
                                DISPATCHED_SIGNALS,
                                SIGNAL_CHOICE,
                                SIGNAL_VALUES),
                        required(
                                Mechanism.SIGNAL,
                                "jvm",
                                Set.of(CROSS_PROCESS, FOREIGN_PEERS, KERNEL_WAIT),
                                DISPATCHED_SIGNALS),
                        required(Mechanism.PARKING, "posix", Set.of(CROSS_PROCESS), KERNEL_WAIT),
                        required(Mechanism.PARKING, "jvm", Set.of(CROSS_PROCESS)))
                .map(RequiredTest::test);
    }

    @TestFactory
    @EnabledOnOs(OS.WINDOWS)
    Stream<DynamicTest> onWindows() {
        return Stream.of(
                        required(
                                Mechanism.MAPPED_FILE,
                                "jvm",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR),
                                ATOMIC_APPEARANCE,
                                EXACT_SIZE,
                                FOREIGN_PEERS),
                        required(
                                Mechanism.SHARED_MEMORY,
                                "windows",
                                Set.of(CROSS_PROCESS),
                                FOREIGN_PEERS),
                        required(
                                Mechanism.NAMED_SEMAPHORE,
                                "windows",
                                Set.of(CROSS_PROCESS),
                                FOREIGN_PEERS,
                                KERNEL_WAIT,
                                PERMIT_COUNT),
                        required(
                                Mechanism.SHARED_MEMORY,
                                "jvm",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR),
                                ATOMIC_APPEARANCE),
                        required(
                                Mechanism.NAMED_SEMAPHORE,
                                "jvm",
                                Set.of(CROSS_PROCESS),
                                PERMIT_COUNT),
                        required(Mechanism.MESSAGE_QUEUE, "jvm", Set.of(CROSS_PROCESS)),
                        required(Mechanism.CHANNEL, "jvm", Set.of(CROSS_PROCESS)),
                        required(Mechanism.TOPIC, "jvm", Set.of(CROSS_PROCESS)),
                        required(
                                Mechanism.NAMED_PIPE,
                                "windows",
                                Set.of(CROSS_PROCESS, SHARED_ACCESS),
                                ATOMIC_WRITES,
                                FOREIGN_PEERS,
                                KERNEL_WAIT),
                        required(
                                Mechanism.NAMED_PIPE_SERVER,
                                "windows",
                                Set.of(CROSS_PROCESS, SHARED_ACCESS),
                                FOREIGN_PEERS,
                                KERNEL_WAIT),
                        required(
                                Mechanism.ANONYMOUS_PIPE,
                                "windows",
                                Set.of(CROSS_PROCESS),
                                ATOMIC_WRITES,
                                FOREIGN_PEERS,
                                KERNEL_WAIT),
                        required(Mechanism.ANONYMOUS_PIPE, "jvm", Set.of()),
                        required(
                                Mechanism.LOCAL_SOCKET,
                                "windows",
                                Set.of(CROSS_PROCESS, SHARED_ACCESS),
                                FOREIGN_PEERS,
                                KERNEL_WAIT,
                                MESSAGE_SOCKETS,
                                PEER_PROCESS),
                        required(
                                        Mechanism.LOCAL_SOCKET,
                                        "jvm",
                                        Set.of(CROSS_PROCESS, REMOVABLE_NAME),
                                        FOREIGN_PEERS,
                                        HALF_CLOSE,
                                        KERNEL_WAIT,
                                        SOCKET_FILES)
                                .except(WineDifference.NO_UNIX_DOMAIN_SOCKETS),
                        required(
                                Mechanism.FILE_LOCK,
                                "windows",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR, SHARED_ACCESS),
                                FOREIGN_PEERS),
                        required(
                                Mechanism.FILE_LOCK,
                                "jvm",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR),
                                FOREIGN_PEERS),
                        required(
                                Mechanism.FILE_EXCHANGE,
                                "windows",
                                OBJECT,
                                ATOMIC_APPEARANCE,
                                FOREIGN_PEERS),
                        required(
                                Mechanism.FILE_EXCHANGE,
                                "jvm",
                                Set.of(CROSS_PROCESS, OUTLIVES_CREATOR),
                                ATOMIC_APPEARANCE,
                                FOREIGN_PEERS),
                        required(Mechanism.PARKING, "windows", Set.of(CROSS_PROCESS), KERNEL_WAIT),
                        required(Mechanism.PARKING, "jvm", Set.of(CROSS_PROCESS)),
                        required(Mechanism.NAMED_PIPE, "jvm", Set.of(CROSS_PROCESS, REMOVABLE_NAME))
                                .except(WineDifference.NO_UNIX_DOMAIN_SOCKETS))
                .map(RequiredTest::test);
    }

    private static DynamicTest test(Required required) {
        return DynamicTest.dynamicTest(
                required.mechanism().key() + " by " + required.provider(), () -> check(required));
    }

    private static void check(Required required) throws ClassNotFoundException {
        assertContractIsRun(required);
        required.exceptions().forEach(WineDifference::skipUnderWine);
        MechanismProvider provider =
                Ipc.provider(required.mechanism().providerType(), required.provider());
        assertEquals(Availability.available(), provider.availability());
        Set<Capability> missing = new TreeSet<>(required.capabilities());
        missing.removeAll(provider.capabilities());
        assertTrue(missing.isEmpty(), () -> "not declared any more: " + missing);
    }

    /** There is a class for it, and that is not left out on this system. */
    private static void assertContractIsRun(Required required) throws ClassNotFoundException {
        String mechanism =
                required.mechanism().providerType().getSimpleName().replace("Provider", "");
        String provider = required.provider();
        String name =
                provider.substring(0, 1).toUpperCase(Locale.ROOT)
                        + provider.substring(1)
                        + mechanism
                        + "Test";
        EnabledOnOs systems =
                Class.forName(RequiredTest.class.getPackageName() + "." + name)
                        .getAnnotation(EnabledOnOs.class);
        assertTrue(
                systems == null || Arrays.stream(systems.value()).anyMatch(OS::isCurrentOs),
                () -> name + " is left out here");
    }
}
