// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.PipeWriter;
import org.ipc4j.stream.ReceivedHandle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code fifo}: {@link NamedPipe}, and {@link AnonymousPipe}. */
final class Fifo implements Mechanism {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PART = 1 << 16;

    private PipeReader reader;
    private PipeWriter writer;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "reader" -> {
                NamedPipeReader created =
                        NamedPipe.createReader(
                                words.name(), NamedPipeOptions.DEFAULT.withAccess(words.access(1)));
                reader = created;
                return created.nativeKey();
            }
            case "openReader" -> {
                NamedPipeReader opened = NamedPipe.openReader(words.name(), words.access(1));
                reader = opened;
                return opened.nativeKey();
            }
            case "writer" -> {
                NamedPipeWriter opened =
                        NamedPipe.openWriter(words.name(), words.access(1), PATIENCE)
                                .orElseThrow(() ->
                                        new NameNotFoundException(
                                                words.name(), "no reader in time"));
                writer = opened;
                return opened.nativeKey();
            }
            case "anonymous" -> {
                AnonymousPipe pipe = AnonymousPipe.open();
                reader = pipe.reader();
                writer = pipe.writer();
            }
            case "path" -> {
                return path(words.text(0));
            }
            case "write" ->
                    writer.write(ByteBuffer.wrap(words.text(0).getBytes(StandardCharsets.UTF_8)));
            case "fill" -> fill(words.big(0), words.big(1));
            case "read" -> {
                return read(ByteBuffer.allocate(PART));
            }
            case "timedread" -> {
                ByteBuffer bytes = ByteBuffer.allocate(PART);
                return switch (reader.read(bytes, Duration.ofMillis(words.big(0)))) {
                    case 0 -> NONE;
                    case -1 -> "end";
                    default -> text(bytes);
                };
            }
            case "drain" -> {
                return drain();
            }
            case "close" -> close();
            case "closeReader" -> reader.close();
            case "closeWriter" -> writer.close();
            case "unlink" -> {
                return Mechanism.done(NamedPipe.remove(words.name()));
            }
            case "runCreator" ->
                    Creator.run(
                            () -> NamedPipe.createReader(words.name()),
                            () -> NamedPipe.remove(words.name()));
            case "runWriter" -> runWriter(words.number(0));
            case "runReader" -> runReader();
            default -> Mechanism.unknown(verb);
        }
        return "";
    }

    /** Where an end of the pipe without a name is opened once more. */
    private String path(String end) {
        return (end.equals("reader")
                        ? ((AnonymousPipeReader) reader).path()
                        : ((AnonymousPipeWriter) writer).path())
                .orElseThrow()
                .toString();
    }

    Passable passableReader() {
        return (AnonymousPipeReader) reader;
    }

    Passable passableWriter() {
        return (AnonymousPipeWriter) writer;
    }

    void adoptReader(ReceivedHandle received) throws IpcException {
        reader = AnonymousPipe.adoptReader(received);
    }

    void adoptWriter(ReceivedHandle received) throws IpcException {
        writer = AnonymousPipe.adoptWriter(received);
    }

    private void fill(long size, long seed) throws Exception {
        for (long at = 0; at < size; at += PART) {
            writer.write(
                    ByteBuffer.wrap(Content.pattern(seed, at, (int) Math.min(PART, size - at))));
        }
    }

    private String read(ByteBuffer bytes) throws Exception {
        return reader.read(bytes) == -1 ? NONE : text(bytes);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private String drain() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(PART);
        while (reader.read(part.clear()) != -1) {
            all.write(part.array(), 0, part.position());
        }
        return all.size() + " " + Content.digest(all.toByteArray());
    }

    private void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
        if (writer != null) {
            writer.close();
        }
    }

    /** Writes records of the stream that seed 0 stands for, until it is killed. */
    private void runWriter(int size) throws Exception {
        JvmPeer.ready();
        for (long at = 0; ; at += size) {
            ByteBuffer record = ByteBuffer.wrap(Content.pattern(0, at, size));
            Event.tell('w', at + size);
            writer.write(record);
            Event.tell('W', at + size);
        }
    }

    /** Reads the stream that seed 0 stands for, until it is killed. */
    private void runReader() throws Exception {
        JvmPeer.ready();
        ByteBuffer part = ByteBuffer.allocate(PART);
        for (long at = 0; ; at += part.position()) {
            int count = reader.read(part.clear());
            for (int i = 0; i < count; i++) {
                if (part.get(i) != Content.pattern(0, at + i)) {
                    Event.tell('X', at + i);
                }
            }
            Event.tell('R', at + Math.max(count, 0));
        }
    }
}
