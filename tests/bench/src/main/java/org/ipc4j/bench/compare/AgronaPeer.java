// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.agrona.IoUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ring buffers of Agrona over a mapped file. They publish each message by itself. */
final class AgronaPeer implements Peer {
    private static final int TYPE = 1;

    private final Case what;
    private final boolean manyWriters;
    private final AgronaContent content;
    private final List<MappedByteBuffer> maps = new ArrayList<>();

    AgronaPeer(Case what, boolean manyWriters) {
        this.what = what;
        this.manyWriters = manyWriters;
        this.content = new AgronaContent(what.length());
    }

    private RingBuffer ring(Path place, boolean create) {
        long size = Ipc4jPeer.CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;
        MappedByteBuffer map =
                create
                        ? IoUtil.mapNewFile(place.toFile(), size)
                        : IoUtil.mapExistingFile(place.toFile(), place.toString());
        maps.add(map);
        UnsafeBuffer buffer = new UnsafeBuffer(map);
        return manyWriters ? new ManyToOneRingBuffer(buffer) : new OneToOneRingBuffer(buffer);
    }

    @Override
    public Outlet outlet(Path place, boolean create) {
        RingBuffer ring = ring(place, create);
        return what.way() == Case.Way.COPIED
                ? (number, count) -> write(ring, number, count)
                : (number, count) -> claim(ring, number, count);
    }

    private int claim(RingBuffer ring, long number, int count) {
        int sent = 0;
        while (sent < count) {
            int offset = ring.tryClaim(TYPE, what.length());
            if (offset < 0) {
                return sent;
            }
            content.write(ring.buffer(), offset, number + sent);
            ring.commit(offset);
            sent++;
        }
        return sent;
    }

    private int write(RingBuffer ring, long number, int count) {
        int sent = 0;
        while (sent < count && ring.write(TYPE, content.message(number + sent), 0, what.length())) {
            sent++;
        }
        return sent;
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) {
        RingBuffer ring = ring(place, create);
        MessageHandler handler =
                (type, buffer, offset, length) ->
                        account.arrived(content.read(buffer, offset, length));
        return () -> ring.read(handler, Inlet.LIMIT);
    }

    @Override
    public void close() {
        maps.forEach(IoUtil::unmap);
    }
}
