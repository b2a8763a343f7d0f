// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.Map;

/** {@code ipc sem}. */
@Command(
        name = "sem",
        description = "Named semaphores: numbers of permits that processes take and give back.")
final class SemCommand {
    @ParentCommand private IpcCommand ipc;

    @Command(description = "Creates a semaphore.")
    void create(
            @Mixin NameArgument name,
            @Mixin CreateOptions options,
            @Option(
                            names = "--permits",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "How many permits it has at first (${DEFAULT-VALUE}).")
                    int permits)
            throws IpcException {
        NamedSemaphoreOptions wanted = new NamedSemaphoreOptions(permits, options.access());
        (options.orOpen()
                        ? NamedSemaphore.createOrOpen(name.value(), wanted)
                        : NamedSemaphore.create(name.value(), wanted))
                .close();
    }

    @Command(description = "Shows a semaphore's key and permits.")
    void info(@Mixin NameArgument name, @Mixin AccessOption access, @Mixin InfoOutput output)
            throws IOException {
        try (NamedSemaphore semaphore = NamedSemaphore.open(name.value(), access.value())) {
            Map<String, Object> facts = InfoOutput.facts(semaphore, NamedSemaphoreProvider.class);
            if (Ipc.provider(NamedSemaphoreProvider.class)
                    .capabilities()
                    .contains(Capability.PERMIT_COUNT)) {
                facts.put("permits", semaphore.availablePermits());
            }
            facts.put("maxPermits", semaphore.maxPermits());
            output.print(facts, ipc.streams());
        }
    }

    @Command(
            description =
                    "Takes a permit, waiting until there is one. It stays taken when this command"
                            + " has ended.")
    void acquire(@Mixin NameArgument name, @Mixin AccessOption access, @Mixin TimeoutOption timeout)
            throws IpcException, InterruptedException, CommandFailure {
        try (NamedSemaphore semaphore = NamedSemaphore.open(name.value(), access.value())) {
            timeout.require(semaphore.tryAcquire(timeout.value()), name.value(), "no permit");
        }
    }

    @Command(description = "Adds a permit.")
    void release(@Mixin NameArgument name, @Mixin AccessOption access) throws IpcException {
        try (NamedSemaphore semaphore = NamedSemaphore.open(name.value(), access.value())) {
            semaphore.release();
        }
    }

    @Command(description = "Deletes a semaphore's name.")
    void remove(@Mixin NameArgument name) throws IpcException, CommandFailure {
        name.remove(NamedSemaphore::remove);
    }
}
