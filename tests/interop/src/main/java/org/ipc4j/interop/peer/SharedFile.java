// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.SharedFileLock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** {@code file}: {@link SharedFileLock} and {@link FileExchange}. */
final class SharedFile implements Mechanism {
    /** What a version that is published again and again has at most. */
    private static final int MAX = 100_000;

    private SharedFileLock file;
    private final Deque<HeldFileLock> held = new ArrayDeque<>();
    private FileExchange exchange;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "open" -> file = SharedFileLock.createOrOpen(path(words), words.access(1));
            case "lock" -> held.push(file.lock(mode(words), range(words)));
            case "trylock" -> {
                return hold(file.tryLock(mode(words), range(words)));
            }
            case "timedlock" -> {
                Duration time = Duration.ofMillis(words.big(3));
                return hold(file.tryLock(mode(words), range(words), time));
            }
            case "unlock" -> held.pop().close();
            case "holder" -> {
                Optional<FileLockHolder> holder = file.holder(mode(words), range(words));
                return holder.map(SharedFile::text).orElse(NONE);
            }
            case "close" -> file.close();
            case "run" -> run();
            case "count" -> count(new Counter(path(words)), words.number(1));
            case "at" -> exchange = FileExchange.at(path(words), words.access(1));
            case "publish" -> {
                byte[] content = Content.pattern(words.big(1), 0, words.number(0));
                return Long.toString(exchange.publish(ByteBuffer.wrap(content)));
            }
            case "read" -> {
                return text(exchange.read());
            }
            case "await" -> {
                Duration time = Duration.ofMillis(words.big(1));
                return text(exchange.await(words.big(0), time));
            }
            case "publishNumber" -> exchange.publish(message(words.big(0)));
            case "number" -> {
                return number();
            }
            case "runPublisher" -> publish(words.big(0));
            default -> Mechanism.unknown(verb);
        }
        return "";
    }

    private static Path path(Words words) {
        return Path.of(words.text(0));
    }

    private static FileLockMode mode(Words words) {
        return FileLockMode.valueOf(words.text(0).toUpperCase(Locale.ROOT));
    }

    /** A size of 0 means all that follows, as {@code fcntl(2)} has it. */
    private static FileRange range(Words words) {
        long start = words.big(1);
        long size = words.big(2);
        return new FileRange(start, size == 0 ? Long.MAX_VALUE - start : size);
    }

    private String hold(Optional<HeldFileLock> lock) {
        lock.ifPresent(held::push);
        return Mechanism.done(lock.isPresent());
    }

    private static String text(FileLockHolder holder) {
        return (holder.pid().isPresent() ? holder.pid().getAsLong() : "?")
                + " "
                + holder.mode().name().toLowerCase(Locale.ROOT);
    }

    /** Its size, its checksum, its generation. */
    private static String text(Optional<FileVersion> found) throws IOException {
        if (found.isEmpty()) {
            return NONE;
        }
        try (FileVersion version = found.get()) {
            byte[] bytes = version.bytes();
            return bytes.length + " " + Content.digest(bytes) + " " + version.generation();
        }
    }

    private static ByteBuffer message(long number) {
        return ByteBuffer.wrap(Content.message(number, MAX));
    }

    /** The number of the version that is there. */
    private String number() throws IOException {
        try (FileVersion version = exchange.read().orElseThrow()) {
            return Long.toString(
                    Content.sequence(ByteBuffer.wrap(version.bytes()), MAX).orElseThrow());
        }
    }

    /** Takes and gives the lock of the whole file until it is killed. */
    private void run() throws Exception {
        JvmPeer.ready();
        for (long i = 0; ; i++) {
            Event.tell('a', i);
            HeldFileLock lock = file.lock();
            Event.tell('A', i);
            Event.tell('r', i);
            lock.close();
            Event.tell('R', i);
        }
    }

    /** Counts in a file that is not the one that is locked. */
    private void count(Counter counter, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            HeldFileLock lock = file.lock();
            counter.increment();
            lock.close();
        }
    }

    /** Publishes numbered versions until it is killed. */
    private void publish(long first) throws Exception {
        JvmPeer.ready();
        for (long i = first; ; i++) {
            ByteBuffer content = message(i);
            Event.tell('p', i);
            exchange.publish(content);
            Event.tell('P', i);
        }
    }
}
