// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.IpcReport;
import org.ipc4j.Mechanism;
import org.ipc4j.spi.NamedObjectProvider;

/**
 * The names that one tour uses.
 *
 * @param prefix what they begin with, which no other tour uses
 */
record TourNames(String prefix) {
    IpcName memory(Passage passage) {
        return of(passage, "memory");
    }

    IpcName free(Passage passage) {
        return of(passage, "free");
    }

    IpcName full(Passage passage) {
        return of(passage, "full");
    }

    IpcName queue(Passage passage) {
        return of(passage, "queue");
    }

    IpcName pipe(Passage passage) {
        return of(passage, "stream");
    }

    IpcName server(Passage passage) {
        return of(passage, "server");
    }

    IpcName socket(Passage passage) {
        return of(passage, "socket");
    }

    IpcName channel(Passage passage) {
        return of(passage, "channel");
    }

    IpcName topic(Passage passage) {
        return of(passage, "topic");
    }

    private IpcName of(Passage passage, String object) {
        return IpcName.of(prefix + "." + passage.word() + "." + object);
    }

    /** Deletes the names of all passages, whichever provider they belong to. */
    void removeAll() throws IpcException {
        for (Passage passage : Passage.ALL) {
            remove(passage);
        }
    }

    /** Deletes the names of a passage, whichever provider they belong to. */
    void remove(Passage passage) throws IpcException {
        for (IpcReport.Row row : Ipc.report().rows()) {
            if (row.availability().isAvailable()
                    && Ipc.provider(row.mechanism().providerType(), row.provider())
                            instanceof NamedObjectProvider provider) {
                remove(passage, row.mechanism(), provider);
            }
        }
    }

    private void remove(Passage passage, Mechanism mechanism, NamedObjectProvider provider)
            throws IpcException {
        switch (mechanism) {
            case SHARED_MEMORY -> provider.remove(memory(passage));
            case NAMED_SEMAPHORE -> {
                provider.remove(free(passage));
                provider.remove(full(passage));
            }
            case MESSAGE_QUEUE -> provider.remove(queue(passage));
            case NAMED_PIPE -> provider.remove(pipe(passage));
            case NAMED_PIPE_SERVER -> provider.remove(server(passage));
            case LOCAL_SOCKET -> provider.remove(socket(passage));
            case CHANNEL -> provider.remove(channel(passage));
            case TOPIC -> provider.remove(topic(passage));
            case PARKING -> {} // it has no names of its own
        }
    }
}
