// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.NamedObjectContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What every channel is as a named object, created by either end, and looked at through its {@link
 * Sender}s.
 *
 * @see ChannelEndsContract
 * @see ChannelMessageContract
 * @see ChannelOrderContract
 * @see ChannelBufferContract
 */
public abstract class ChannelContract extends NamedObjectContract<ChannelProvider, Sender> {
    /** Enough for every handle that a test has open at a time. */
    private static final ChannelOptions MANY = OPTIONS.withSenders(8);

    /** For subclasses. */
    protected ChannelContract() {}

    /** {@link WaitingContract} of a channel, whichever way its ends wait. */
    public abstract static class Waiting extends WaitingContract<ChannelProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a channel, for each way to wait.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(ChannelProvider provider) {
        return ChannelOperations.of(provider);
    }

    @Override
    protected Sender create(IpcName name, Access access) throws IpcException {
        return closing(provider().createSender(name, MANY.withAccess(access)));
    }

    @Override
    protected Sender open(IpcName name, Access access) throws IpcException {
        return closing(provider().openSender(name, access));
    }

    private Receiver openReceiver(IpcName name) throws IpcException {
        return closing(provider().openReceiver(name, Access.OWNER));
    }

    /** Senders of one channel have one memory, though each its own place in it. */
    @Override
    protected void assertOneObject(Sender one, Sender other) {
        assertNotEquals(one.index(), other.index());
        assertEquals(one.memory().byteSize(), other.memory().byteSize());
        Mark mark = new Mark(one);
        assertEquals(mark.value, mark.seenBy(other));
        one.abort();
    }

    @Override
    protected void assertTwoObjects(Sender one, Sender other) {
        Mark mark = new Mark(one);
        assertNotEquals(mark.value, mark.seenBy(other));
        assertEquals(mark.value, mark.seenBy(one));
        one.abort();
    }

    /** Something that nobody else writes, in a message that is never sent. */
    private static final class Mark {
        final long value = ThreadLocalRandom.current().nextLong();
        final long offset;

        Mark(Sender sender) {
            offset = sender.tryClaim(Long.BYTES);
            assertTrue(offset >= 0, "no room");
            sender.memory().set(JAVA_LONG_UNALIGNED, offset, value);
        }

        long seenBy(Sender sender) {
            return sender.memory().get(JAVA_LONG_UNALIGNED, offset);
        }
    }

    /** Null options are a {@link NullPointerException}. */
    @Test
    protected void refusesNullOptions() {
        assertThrows(NullPointerException.class, () -> provider().createSender(fresh(), null));
        assertThrows(NullPointerException.class, () -> provider().createReceiver(fresh(), null));
    }

    /** A null name or access is a {@link NullPointerException} for a receiver too. */
    @Test
    protected void receiverRefusesNull() {
        assertThrows(NullPointerException.class, () -> provider().createReceiver(null, OPTIONS));
        assertThrows(NullPointerException.class, () -> openReceiver(null));
        assertThrows(NullPointerException.class, () -> provider().openReceiver(fresh(), null));
    }

    /**
     * Both ends create, and refuse a name that is taken by either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bothEndsCreate() throws Exception {
        IpcName byReceiver = fresh();
        Receiver receiver = closing(provider().createReceiver(byReceiver, OPTIONS));
        assertThrows(NameExistsException.class, () -> create(byReceiver, Access.OWNER));
        Sender sender = open(byReceiver, Access.OWNER);
        assertEquals(receiver.nativeKey(), sender.nativeKey());
        assertEquals(byReceiver, receiver.name());
        IpcName bySender = fresh();
        create(bySender, Access.OWNER);
        assertThrows(NameExistsException.class, () -> provider().createReceiver(bySender, OPTIONS));
        assertEquals(provider().nativeKey(bySender), openReceiver(bySender).nativeKey());
    }

    /**
     * A receiver opens by the native key too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void receiverOpensByNativeKey() throws Exception {
        Sender sender = create(fresh(), Access.OWNER);
        Receiver receiver = openReceiver(IpcName.ofNative(sender.nativeKey()));
        Messages.send(sender, "by key");
        assertEquals("by key", Messages.next(receiver));
    }

    /**
     * A receiver of an absent name is told so, and nothing is created.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void receiverRefusesAnAbsentName() throws Exception {
        IpcName name = fresh();
        assertThrows(NameNotFoundException.class, () -> openReceiver(name));
        assertEquals(Optional.empty(), provider().find(name));
    }

    /**
     * A receiver's channel is its owner's alone, unless somebody asks for more.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void receiverGivesTheAccessAskedFor() throws Exception {
        assertMode(closing(provider().createReceiver(fresh(), OPTIONS)), Access.OWNER);
        require(Capability.SHARED_ACCESS);
        for (Access access : Access.values()) {
            assertMode(
                    closing(provider().createReceiver(fresh(), OPTIONS.withAccess(access))),
                    access);
        }
    }

    /**
     * Closing receivers gives back every descriptor and every mapping.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingReceiversGivesEverythingBack() throws Exception {
        Sender sender = create(fresh(), Access.OWNER);
        openReceiver(sender.name()).close();
        long before = held();
        for (int i = 0; i < 100; i++) {
            Receiver receiver = openReceiver(sender.name());
            assertThrows(ResourceLimitException.class, () -> openReceiver(sender.name()));
            receiver.close();
        }
        long more = held() - before;
        assertTrue(more < 50, () -> "100 receivers left " + more + " descriptors and mappings");
    }

    /**
     * With {@link Capability#REMOVABLE_NAME} both ends go on when the name is removed, and another
     * channel of that name is another.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void removedChannelsGoOn() throws Exception {
        require(Capability.REMOVABLE_NAME);
        IpcName name = fresh();
        Sender sender = create(name, Access.OWNER);
        Receiver receiver = openReceiver(name);
        assertTrue(provider().remove(name));
        Sender other = create(name, Access.OWNER);
        Receiver others = openReceiver(name);
        Messages.send(sender, "old");
        Messages.send(other, "new");
        assertEquals("old", Messages.all(receiver));
        assertEquals("new", Messages.all(others));
    }

    /**
     * More than the system has is a {@link ResourceLimitException}, and nothing is left under the
     * name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMoreThanThereIs() throws Exception {
        IpcName name = fresh();
        ChannelOptions huge = OPTIONS.withCapacity(1 << 30).withSenders(64);
        ResourceLimitException e =
                assertThrows(
                        ResourceLimitException.class, () -> provider().createSender(name, huge));
        assertTrue(e.getMessage().contains(name.value()), e::getMessage);
        assertThrows(ResourceLimitException.class, () -> provider().createReceiver(name, huge));
        assertEquals(Optional.empty(), provider().find(name));
        create(name, Access.OWNER);
    }

    /**
     * An end that is closed while its thread uses it gives that {@link IllegalStateException} or
     * {@link IpcClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 20; round++) {
            for (Task.Kind kind : Task.Kind.values()) {
                Sender sender = create(fresh(), Access.OWNER);
                Receiver receiver = openReceiver(sender.name());
                List<Task<Void>> users = new ArrayList<>();
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        sender.trySend(Messages.bytes("x"));
                                    }
                                }));
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        Messages.drain(receiver);
                                    }
                                }));
                Thread.sleep(2);
                sender.close();
                receiver.close();
                provider().remove(sender.name());
                for (Task<Void> user : users) {
                    Exception e = user.failure(Exception.class);
                    assertTrue(
                            e instanceof IllegalStateException || e instanceof IpcClosedException,
                            e::toString);
                }
            }
        }
    }
}
