// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** Windows processes that meet at a channel and at a topic, in memory of Windows and in files. */
@WineInterop
class WineChannelIT {
    static Stream<Arguments> meetings() {
        return Stream.concat(
                Arrays.stream(WaitStrategy.values())
                        .map(waiting ->
                                Arguments.of(
                                        WineLauncher.jvm("windows"), Lifetime.LAST_USER, waiting)),
                Stream.of(
                        Arguments.of(
                                WineLauncher.jvm("jvm"), Lifetime.REMOVAL, WaitStrategy.BLOCK)));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("meetings")
    void messagesArriveInOrder(Launcher launcher, Lifetime lifetime, WaitStrategy waiting)
            throws Exception {
        String name = Run.name("chan");
        try (Peer sender = launcher.start();
                Peer receiver = launcher.start()) {
            ChannelIT.messagesArriveInOrder(sender, receiver, name, waiting);
            sender.ok("chan closeSender");
            assertEquals("CLOSED", receiver.ok("chan sender 0"));
            receiver.ok("chan closeReceiver");
            isGone(lifetime, sender, "chan openSender ", "chan unlink ", name);
        }
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("meetings")
    void everySubscriberSeesEveryMessage(Launcher launcher, Lifetime lifetime, WaitStrategy waiting)
            throws Exception {
        String name = Run.name("topic");
        try (Peer publisher = launcher.start();
                Peer one = launcher.start();
                Peer late = launcher.start()) {
            TopicIT.everyMessageIsSeen(publisher, one, late, name, waiting);
            publisher.ok("topic closePublisher");
            assertEquals("CLOSED", one.ok("topic publisher"));
            one.ok("topic closeSubscriber");
            late.ok("topic closeSubscriber");
            isGone(lifetime, publisher, "topic openPublisher ", "topic unlink ", name);
        }
    }

    /** Nobody uses it any more. */
    private static void isGone(
            Lifetime lifetime, Peer peer, String open, String unlink, String name) {
        if (lifetime == Lifetime.REMOVAL) {
            peer.ok(unlink + name);
        }
        peer.fails(open + name, Failure.ABSENT);
    }
}
