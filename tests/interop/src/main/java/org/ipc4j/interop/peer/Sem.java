// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.time.Duration;

/** {@code sem}: {@link NamedSemaphore}. */
final class Sem implements Mechanism {
    private NamedSemaphore semaphore;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "create" -> semaphore = NamedSemaphore.create(words.name(), options(words));
            case "createOrOpen" ->
                    semaphore = NamedSemaphore.createOrOpen(words.name(), options(words));
            case "open" -> semaphore = NamedSemaphore.open(words.name(), words.access(1));
            case "post" -> semaphore.release();
            case "wait" -> semaphore.acquire();
            case "trywait" -> {
                return Mechanism.done(semaphore.tryAcquire());
            }
            case "timedwait" -> {
                return Mechanism.done(semaphore.tryAcquire(Duration.ofMillis(words.big(0))));
            }
            case "value" -> {
                return Integer.toString(semaphore.availablePermits());
            }
            case "close" -> semaphore.close();
            case "unlink" -> {
                return Mechanism.done(NamedSemaphore.remove(words.name()));
            }
            case "run" -> run();
            case "runCreator" ->
                    Creator.run(
                            () -> NamedSemaphore.create(words.name(), options(words)),
                            () -> NamedSemaphore.remove(words.name()));
            default -> Mechanism.unknown(verb);
        }
        return verb.startsWith("create") || verb.equals("open") ? semaphore.nativeKey() : "";
    }

    private static NamedSemaphoreOptions options(Words words) {
        return NamedSemaphoreOptions.ofPermits(words.number(1)).withAccess(words.access(2));
    }

    /** Takes and gives a permit until it is killed. */
    private void run() throws Exception {
        JvmPeer.ready();
        for (long i = 0; ; i++) {
            Event.tell('a', i);
            semaphore.acquire();
            Event.tell('A', i);
            Event.tell('r', i);
            semaphore.release();
            Event.tell('R', i);
        }
    }
}
