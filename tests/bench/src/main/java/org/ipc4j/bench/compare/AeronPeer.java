// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;

import org.agrona.LangUtil;

import java.nio.file.Path;

/**
 * Aeron IPC with exclusive publications. The media driver is a process of its own, {@link #main}.
 * It publishes each message by itself, and has no claims of more than a fragment.
 */
final class AeronPeer implements Peer {
    private static final String CHANNEL = "aeron:ipc";

    private final Case what;
    private final Aeron aeron;
    private final AgronaContent content;

    AeronPeer(Case what, Path folder) {
        this.what = what;
        this.content = new AgronaContent(what.length());
        this.aeron =
                Aeron.connect(
                        new Aeron.Context()
                                .aeronDirectoryName(driverFolder(folder))
                                .subscriberErrorHandler(LangUtil::rethrowUnchecked));
    }

    private static String driverFolder(Path folder) {
        return folder.resolve("aeron").toString();
    }

    /** Is the media driver of a folder, until its standard input ends. */
    public static void main(String[] args) throws Exception {
        MediaDriver.Context context =
                new MediaDriver.Context()
                        .aeronDirectoryName(driverFolder(Path.of(args[0])))
                        .threadingMode(ThreadingMode.SHARED)
                        .termBufferSparseFile(false);
        try (MediaDriver driver = MediaDriver.launch(context)) {
            System.out.println("ready");
            while (System.in.read() >= 0) {}
        }
    }

    private static int stream(Path place) {
        return place.getFileName().toString().hashCode();
    }

    @Override
    public Outlet outlet(Path place, boolean create) {
        ExclusivePublication publication = aeron.addExclusivePublication(CHANNEL, stream(place));
        BufferClaim claim = new BufferClaim();
        return what.way() == Case.Way.COPIED || what.length() > publication.maxPayloadLength()
                ? (number, count) -> offer(publication, number, count)
                : (number, count) -> claim(publication, claim, number, count);
    }

    private int offer(ExclusivePublication publication, long number, int count) {
        int sent = 0;
        while (sent < count
                && publication.offer(content.message(number + sent), 0, what.length()) > 0) {
            sent++;
        }
        return sent;
    }

    private int claim(ExclusivePublication publication, BufferClaim claim, long number, int count) {
        int sent = 0;
        while (sent < count && publication.tryClaim(what.length(), claim) > 0) {
            content.write(claim.buffer(), claim.offset(), number + sent);
            claim.commit();
            sent++;
        }
        return sent;
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) {
        Subscription subscription = aeron.addSubscription(CHANNEL, stream(place));
        if (what.kind() == Case.Kind.PUBLISH) {
            connect(subscription);
        }
        int[] messages = {0};
        FragmentHandler handler =
                (buffer, offset, length, header) -> {
                    account.arrived(content.read(buffer, offset, length));
                    messages[0]++;
                };
        FragmentHandler whole =
                what.length() > Content.BULK ? new FragmentAssembler(handler) : handler;
        return () -> {
            messages[0] = 0;
            subscription.poll(whole, Inlet.LIMIT); // tells how many fragments there were
            return messages[0];
        };
    }

    /** Waits for the publisher who is there: from now on every message is to be seen. */
    private static void connect(Subscription subscription) {
        while (!subscription.isConnected()) {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        aeron.close();
    }
}
