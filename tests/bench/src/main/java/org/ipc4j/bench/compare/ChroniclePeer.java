// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Chronicle Queue, with its files in memory. It keeps all messages and publishes each by itself;
 * its readers never wait in the kernel.
 */
final class ChroniclePeer implements Peer {
    /** It does not start without these, each for a package of the JDK that it reaches into. */
    static final List<String> OPTIONS =
            List.of(
                    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
                    "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
                    "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    // It says what it finds of the machine otherwise, where our answers go.
                    "-Dslf4j.internal.verbosity=ERROR");

    private final Case what;
    private final List<ChronicleQueue> queues = new ArrayList<>();

    ChroniclePeer(Case what) {
        this.what = what;
    }

    private ChronicleQueue queue(Path place) {
        ChronicleQueue queue = ChronicleQueue.single(place.toString());
        queues.add(queue);
        return queue;
    }

    @Override
    public Outlet outlet(Path place, boolean create) {
        ExcerptAppender appender = queue(place).createAppender();
        Bytes<?> message = Bytes.allocateDirect(what.length());
        return (number, count) -> {
            for (int i = 0; i < count; i++) {
                if (what.way() == Case.Way.COPIED) {
                    write(message.clear(), number + i);
                    appender.writeBytes(message);
                } else {
                    try (DocumentContext document = appender.writingDocument()) {
                        write(document.wire().bytes(), number + i);
                    }
                }
            }
            return count;
        };
    }

    private void write(Bytes<?> bytes, long number) {
        for (int i = 0; i < what.length(); i += Long.BYTES) {
            bytes.writeLong(number);
        }
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) {
        ExcerptTailer tailer = queue(place).createTailer();
        Bytes<?> message = Bytes.allocateDirect(what.length());
        return () -> {
            int count = 0;
            while (count < Inlet.LIMIT) {
                if (what.way() == Case.Way.COPIED) {
                    if (!tailer.readBytes(message.clear())) {
                        return count;
                    }
                    account.arrived(read(message));
                } else {
                    try (DocumentContext document = tailer.readingDocument()) {
                        if (!document.isPresent()) {
                            return count;
                        }
                        account.arrived(read(document.wire().bytes()));
                    }
                }
                count++;
            }
            return count;
        };
    }

    private long read(Bytes<?> bytes) {
        if (bytes.readRemaining() != what.length()) {
            throw new IllegalStateException("a message has " + bytes.readRemaining() + " bytes");
        }
        long number = bytes.readLong();
        long different = 0;
        for (int i = Long.BYTES; i < what.length(); i += Long.BYTES) {
            different |= bytes.readLong() ^ number;
        }
        return Content.same(number, different);
    }

    @Override
    public void close() {
        queues.forEach(ChronicleQueue::close);
    }
}
