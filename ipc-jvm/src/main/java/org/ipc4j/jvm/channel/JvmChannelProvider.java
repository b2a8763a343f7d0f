// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.jvm.sys.Composed;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Composites;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/** Offers channels that are composed of shared memory and a lock file. */
public final class JvmChannelProvider implements ChannelProvider {
    private static final Composites<ChannelLayout> CHANNELS =
            new Composites<>(new Composed("ipc4j-ch."), ChannelLayout.FORM);
    private static final Seating<ChannelLayout> SEATING = new Seating<>(CHANNELS);

    /** How many rings of a receiver have readers of a class of their own, which takes time. */
    private static final int SPECIAL_READERS = 8;

    /** Does nothing. */
    public JvmChannelProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return CHANNELS.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.copyOf(CHANNELS.capabilities());
    }

    @Override
    public Channel create(IpcName name, ChannelOptions options) throws IpcException {
        return new JvmChannel(name, createChannel(name, options));
    }

    @Override
    public Channel open(IpcName name, Access access) throws IpcException {
        return new JvmChannel(name, CHANNELS.open(name, access));
    }

    @Override
    public Sender createSender(IpcName name, ChannelOptions options) throws IpcException {
        return sender(name, createChannel(name, options), options.access());
    }

    @Override
    public Sender openSender(IpcName name, Access access) throws IpcException {
        return sender(name, CHANNELS.open(name, access), access);
    }

    @Override
    public Receiver createReceiver(IpcName name, ChannelOptions options) throws IpcException {
        return receiver(name, createChannel(name, options), options.access());
    }

    @Override
    public Receiver openReceiver(IpcName name, Access access) throws IpcException {
        return receiver(name, CHANNELS.open(name, access), access);
    }

    private static Composite<ChannelLayout> createChannel(IpcName name, ChannelOptions options)
            throws IpcException {
        ChannelLayout layout = new ChannelLayout(options);
        return CHANNELS.create(
                name, options.access(), layout, layout.byteSize(), layout::initialize);
    }

    /** Takes a ring that has no sender. */
    private static Sender sender(IpcName name, Composite<ChannelLayout> channel, Access access)
            throws IpcException {
        MemorySegment memory = channel.memory().segment();
        ChannelLayout layout = channel.layout();
        return SEATING.seated(
                name,
                channel,
                access,
                seats -> {
                    for (int i = 0; i < layout.senders(); i++) {
                        Seat seat = seats.apply(layout.words(i) + ChannelLayout.SENDER);
                        if (seat.tryTake()) {
                            Seating.use(memory, ChannelLayout.RINGS_IN_USE, i);
                            return new Seating.Taken<>(seat, sender(name, channel, i, seat));
                        }
                    }
                    throw new ResourceLimitException(
                            name,
                            "it has all of its "
                                    + layout.senders()
                                    + " senders; close one, or create the channel for more");
                });
    }

    private static Seating.Maker<Sender> sender(
            IpcName name, Composite<ChannelLayout> channel, int index, Seat seat) {
        Ring ring = channel.layout().ring(channel.memory().segment(), index);
        return waiting ->
                (Sender)
                        Special.constructor(RingSender.class, ring)
                                .invoke(name, channel, index, seat, waiting);
    }

    private static Receiver receiver(IpcName name, Composite<ChannelLayout> channel, Access access)
            throws IpcException {
        return SEATING.seated(
                name,
                channel,
                access,
                seats -> {
                    Seat seat = seats.apply(ChannelLayout.RECEIVER);
                    if (!seat.tryTake()) {
                        throw new ResourceLimitException(
                                name, "it has a receiver already; there can be one at a time");
                    }
                    return new Seating.Taken<>(seat, receiver(name, channel, seat));
                });
    }

    /** Where there is but one ring, the receiver knows its reader as a constant. */
    private static Seating.Maker<Receiver> receiver(
            IpcName name, Composite<ChannelLayout> channel, Seat seat) {
        return waiting -> {
            RingReader[] readers = new RingReader[channel.layout().senders()];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = reader(name, channel, i, waiting);
            }
            return (Receiver)
                    Special.constructor(RingReceiver.class, readers.length == 1 ? readers[0] : null)
                            .invoke(name, channel, readers, seat, waiting);
        };
    }

    private static RingReader reader(
            IpcName name, Composite<ChannelLayout> channel, int index, Waiting waiting)
            throws Throwable {
        Ring ring = channel.layout().ring(channel.memory().segment(), index);
        WakeWord room = waiting.word(channel.layout().words(index) + ChannelLayout.ROOM);
        return (RingReader)
                Special.constructor(ChannelRingReader.class, index < SPECIAL_READERS ? ring : null)
                        .invoke(name, ring, room);
    }

    @Override
    public String nativeKey(IpcName name) {
        return CHANNELS.nativeKey(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return CHANNELS.find(name);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        return CHANNELS.remove(name);
    }
}
