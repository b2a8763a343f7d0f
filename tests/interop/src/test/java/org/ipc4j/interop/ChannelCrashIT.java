// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.interop.Deliveries.Delivery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/**
 * Processes that end exactly between one step and the next, where {@link ChannelKillIT} guesses.
 */
@Interop
class ChannelCrashIT {
    /** Takes more than a batch. */
    private static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT.withCapacity(1 << 16).withMaxMessageSize(300);

    private static final ChannelLoad LOAD = new ChannelLoad(false);
    private static final int SENT = 10;

    @ParameterizedTest(name = "{0}: {1} passed {2} times, {3} sent")
    @CsvSource({
        "placed, claimed, 1, 0",
        "placed, claimed, 5, 4",
        "placed, halfwritten, 5, 4",
        "placed, written, 5, 4",
        "placed, committed, 5, 5",
        "staged, claimed, 5, 0",
        "staged, written, 16, 0",
        "staged, staged, 16, 0",
        "staged, published, 1, 16",
        "staged, claimed, 20, 16",
        "copied, published, 2, 32"
    })
    void aSenderEnds(String how, String point, int passages, int sent) throws Exception {
        IpcName name = IpcName.of(Run.name("chan-crash"));
        String key;
        try (Receiver receiver = Receiver.create(name, OPTIONS);
                Peer peer = Channels.jvm("posix").start()) {
            key = receiver.nativeKey();
            Victim victim = new Victim(peer);
            victim.ok("chan openSender " + key);
            victim.run("chan runSender " + how + " 0 " + point + " " + passages);
            victim.awaitDeath();
            try (Sender next = ChannelLoad.takeOver(() -> Sender.open(name))) {
                assertTrue(LOAD.send(next, sent));
                List<Delivery> got = receiveAll(receiver);
                for (int i = 0; i < got.size(); i++) {
                    assertEquals(i, got.get(i).sequence(), "lost, doubled or out of order");
                }
                assertEquals(sent + 1, got.size());
            }
        } catch (Throwable e) {
            Channel.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.remove(name, key);
    }

    @ParameterizedTest(name = "{0}: {1} passed {2} times, the next begins with number {4}")
    @CsvSource({
        "placed, handling, 1, 0, 0",
        "placed, handling, 3, 2, 2",
        "placed, handled, 3, 3, 2", // that one is doubled
        "placed, handled, 10, 10, 9", // and that one
        "placed, polled, 1, 10, 10",
        "copied, received, 1, 0, 1", // that one is gone
        "copied, received, 3, 2, 3"
    })
    void aReceiverEnds(String how, String point, int passages, int told, int next)
            throws Exception {
        IpcName name = IpcName.of(Run.name("chan-crash"));
        String key;
        try (Sender sender = Sender.create(name, OPTIONS);
                Peer peer = Channels.jvm("posix").start()) {
            key = sender.nativeKey();
            for (int i = 0; i < SENT; i++) {
                assertTrue(LOAD.send(sender, i));
            }
            Victim victim = new Victim(peer);
            victim.ok("chan openReceiver " + key);
            victim.run("chan runReceiver " + how + " " + point + " " + passages);
            victim.awaitDeath();
            List<Delivery> before = Deliveries.of(victim);
            assertEquals(told, before.size());
            List<Delivery> after;
            try (Receiver receiver = ChannelLoad.takeOver(() -> Receiver.open(name))) {
                after = receiveAll(receiver);
            }
            assertEquals(SENT - next, after.size());
            for (int i = 0; i < after.size(); i++) {
                assertEquals(next + i, after.get(i).sequence());
            }
            if (next == told - 1) {
                assertEquals(before.getLast(), after.getFirst(), "it can be recognised");
            }
        } catch (Throwable e) {
            Channel.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.remove(name, key);
    }

    private static List<Delivery> receiveAll(Receiver receiver) throws Exception {
        List<Delivery> all = new ArrayList<>();
        while (LOAD.receive(receiver, all::add)) {
            assertTrue(all.size() < 1000, "messages without end");
        }
        return all;
    }
}
