// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
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
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.ParticipantTable;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.ChannelProvider;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.Set;

/** Offers channels that are composed of shared memory and a lock file. */
public final class JvmChannelProvider implements ChannelProvider {
    private static final Composites<ChannelLayout> CHANNELS =
            new Composites<>(new Composed("ipc4j-ch."), new Form());
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private static final class Form implements Composites.Form<ChannelLayout> {
        @Override
        public ChannelLayout require(IpcName name, MemorySegment memory)
                throws IncompatibleException {
            return ChannelLayout.require(name, memory);
        }

        @Override
        public Incarnation incarnation(MemorySegment memory) {
            return ChannelLayout.incarnation(memory);
        }

        @Override
        public ParticipantTable participants(MemorySegment memory) {
            return ChannelLayout.participants(memory);
        }
    }

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
        return seated(
                name,
                channel,
                access,
                seats -> {
                    for (int i = 0; i < layout.senders(); i++) {
                        Seat seat = seats.at(layout.words(i) + ChannelLayout.SENDER);
                        if (seat.tryTake()) {
                            use(memory, i);
                            int index = i;
                            return new Taken<>(
                                    seat,
                                    waiting ->
                                            (Sender)
                                                    Special.constructor(
                                                                    RingSender.class,
                                                                    Ring.of(memory, layout, index))
                                                            .invoke(
                                                                    name, channel, index, seat,
                                                                    waiting));
                        }
                    }
                    throw new ResourceLimitException(
                            name,
                            "it has all of its "
                                    + layout.senders()
                                    + " senders; close one, or create the channel for more");
                });
    }

    private static void use(MemorySegment memory, int ring) {
        int inUse = (int) INT.getAcquire(memory, ChannelLayout.RINGS_IN_USE);
        while (inUse <= ring
                && !INT.compareAndSet(memory, ChannelLayout.RINGS_IN_USE, inUse, ring + 1)) {
            inUse = (int) INT.getAcquire(memory, ChannelLayout.RINGS_IN_USE);
        }
    }

    private static Receiver receiver(IpcName name, Composite<ChannelLayout> channel, Access access)
            throws IpcException {
        MemorySegment memory = channel.memory().segment();
        return seated(
                name,
                channel,
                access,
                seats -> {
                    Seat seat = seats.at(ChannelLayout.RECEIVER);
                    if (!seat.tryTake()) {
                        throw new ResourceLimitException(
                                name, "it has a receiver already; there can be one at a time");
                    }
                    return new Taken<>(
                            seat,
                            waiting ->
                                    (Receiver)
                                            Special.constructor(RingReceiver.class, memory)
                                                    .invoke(name, channel, seat, waiting));
                });
    }

    /** Gives the seat of a channel whose word is somewhere. */
    private interface Seats {
        Seat at(long offset);
    }

    private interface Taker<T> {
        Taken<T> take(Seats seats) throws IpcException;
    }

    private interface Maker<T> {
        T make(Waiting waiting) throws Throwable;
    }

    /** A seat that was taken, and how the end is made that has it. */
    private record Taken<T>(Seat seat, Maker<T> maker) {}

    /** Makes an end. If that fails, everything is given back. */
    private static <T> T seated(
            IpcName name, Composite<ChannelLayout> channel, Access access, Taker<T> taker)
            throws IpcException {
        SharedMemory own = null;
        try {
            own = CHANNELS.again(name, channel, access).orElse(null);
            SharedMemory memory = own == null ? channel.memory() : own;
            SharedMemory handle = own;
            return made(
                    name,
                    channel,
                    taker.take(offset ->
                            new Seat(name, memory.segment(), offset, channel.self(), handle)));
        } catch (Throwable e) {
            if (own != null) {
                own.close();
            }
            channel.close();
            switch (e) {
                case IpcException refused -> throw refused;
                case RuntimeException unexpected -> throw unexpected;
                case Error unexpected -> throw unexpected;
                default -> throw new AssertionError("constructors throw nothing else", e);
            }
        }
    }

    private static <T> T made(IpcName name, Composite<ChannelLayout> channel, Taken<T> taken)
            throws Throwable {
        Waiting waiting = null;
        try {
            waiting = Waiting.in(name, channel);
            return taken.maker().make(waiting);
        } catch (Throwable e) {
            if (waiting != null) {
                waiting.close();
            }
            taken.seat().leave();
            throw e;
        }
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
