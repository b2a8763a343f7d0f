// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.IpcReport;
import org.ipc4j.Mechanism;
import org.ipc4j.spi.NamedObjectProvider;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The names that one tour uses.
 *
 * @param prefix what they begin with, which no other tour uses
 */
record TourNames(String prefix) {
    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

    IpcName memory(Passage passage) {
        return of(passage, "memory");
    }

    Path mapped(Passage passage) {
        return FOLDER.resolve(prefix + "." + passage.word());
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

    /** A directory that only this user may enter. */
    Path folder(Passage passage) {
        return FOLDER.resolve(prefix + "." + passage.word() + ".files");
    }

    private void removeFiles(Passage passage) throws IpcException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(passage))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder(passage));
        } catch (NoSuchFileException absent) {
            return; // a passage without files, or never begun
        } catch (IOException e) {
            IpcName name = IpcName.ofNative(folder(passage).toString());
            throw new IpcException(name, "cannot be deleted: " + e);
        }
    }

    private IpcName of(Passage passage, String object) {
        return IpcName.of(prefix + "." + passage.word() + "." + object);
    }

    /** Deletes the names of all passages, whichever provider they belong to. */
    void removeAll() throws IOException {
        for (Passage passage : Passage.ALL) {
            remove(passage);
        }
    }

    /** Deletes the names of a passage, whichever provider they belong to. */
    void remove(Passage passage) throws IOException {
        removeFiles(passage);
        Files.deleteIfExists(mapped(passage));
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
