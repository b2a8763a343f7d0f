// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Topics.OPTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.NamedObject;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.CutOffException;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.NamedObjectContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What every topic is as a named object, created by either end.
 *
 * @see TopicEndsContract
 * @see TopicLookContract
 * @see TopicMessageContract
 * @see TopicOrderContract
 * @see TopicSlowContract
 * @see TopicBufferContract
 */
public abstract class TopicContract
        extends NamedObjectContract<TopicProvider, TopicContract.Handle> {
    private final List<Handle> publishing = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected TopicContract() {}

    /** {@link WaitingContract} of a topic, whichever way its ends wait. */
    public abstract static class Waiting extends WaitingContract<TopicProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a topic, for each way to wait.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(TopicProvider provider) {
        return TopicOperations.of(provider);
    }

    /**
     * A subscriber, with the publisher too where the topic was created: there can be one at a time.
     *
     * @param subscriber the subscriber
     * @param publisher the publisher, or empty
     */
    public record Handle(Subscriber subscriber, Optional<Publisher> publisher)
            implements NamedObject, AutoCloseable {
        @Override
        public IpcName name() {
            return subscriber.name();
        }

        @Override
        public String nativeKey() {
            return subscriber.nativeKey();
        }

        @Override
        public boolean isOpen() {
            return subscriber.isOpen();
        }

        @Override
        public void close() {
            publisher.ifPresent(Publisher::close);
            subscriber.close();
        }
    }

    @Override
    protected Handle create(IpcName name, Access access) throws IpcException {
        Publisher publisher = closing(provider().createPublisher(name, OPTIONS.withAccess(access)));
        Subscriber subscriber = closing(provider().openSubscriber(name, access));
        Handle handle = new Handle(subscriber, Optional.of(publisher));
        publishing.add(handle);
        return handle;
    }

    @Override
    protected Handle open(IpcName name, Access access) throws IpcException {
        return new Handle(closing(provider().openSubscriber(name, access)), Optional.empty());
    }

    private Publisher openPublisher(IpcName name) throws IpcException {
        return closing(provider().openPublisher(name, Access.OWNER));
    }

    private Subscriber openSubscriber(IpcName name) throws IpcException {
        return closing(provider().openSubscriber(name, Access.OWNER));
    }

    /** Subscribers of one topic see the same, and each has a place of its own. */
    @Override
    protected void assertOneObject(Handle one, Handle other) throws Exception {
        assertNotEquals(one.subscriber().index(), other.subscriber().index());
        if (!publishAll(one, other)) {
            try (Publisher publisher = openPublisher(one.name())) {
                Messages.send(publisher, "only");
            }
        }
        String seen = Messages.all(one.subscriber());
        assertNotEquals("", seen);
        assertEquals(seen, Messages.all(other.subscriber()));
    }

    @Override
    protected void assertTwoObjects(Handle one, Handle other) throws Exception {
        assertTrue(publishAll(one, other));
        String seen = Messages.all(one.subscriber());
        String seenByOther = Messages.all(other.subscriber());
        assertNotEquals("", seen);
        assertNotEquals("", seenByOther);
        assertNotEquals(seen, seenByOther);
    }

    /** Every publisher sends something of its own; tells whether one of the two may see some. */
    private boolean publishAll(Handle one, Handle other) throws IpcException {
        Messages.drain(one.subscriber());
        Messages.drain(other.subscriber());
        boolean reached = false;
        for (int i = 0; i < publishing.size(); i++) {
            Handle each = publishing.get(i);
            if (each.isOpen() && !each.equals(one) && !each.equals(other)) {
                Messages.drain(each.subscriber());
            }
            if (each.isOpen()) {
                Messages.send(each.publisher().orElseThrow(), "mark-" + i);
                reached |= each.nativeKey().equals(one.nativeKey());
            }
        }
        return reached;
    }

    /** Null options are a {@link NullPointerException}. */
    @Test
    protected void refusesNullOptions() {
        assertThrows(NullPointerException.class, () -> provider().create(fresh(), null));
        assertThrows(NullPointerException.class, () -> provider().createPublisher(fresh(), null));
        assertThrows(NullPointerException.class, () -> provider().createSubscriber(fresh(), null));
    }

    /** A null name or access is a {@link NullPointerException} for either end. */
    @Test
    protected void endsRefuseNull() {
        assertThrows(NullPointerException.class, () -> provider().createPublisher(null, OPTIONS));
        assertThrows(NullPointerException.class, () -> provider().createSubscriber(null, OPTIONS));
        assertThrows(NullPointerException.class, () -> openPublisher(null));
        assertThrows(NullPointerException.class, () -> openSubscriber(null));
        assertThrows(NullPointerException.class, () -> provider().openPublisher(fresh(), null));
        assertThrows(NullPointerException.class, () -> provider().openSubscriber(fresh(), null));
    }

    /**
     * Both ends create, and refuse a name that is taken by either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bothEndsCreate() throws Exception {
        IpcName bySubscriber = fresh();
        Subscriber subscriber = closing(provider().createSubscriber(bySubscriber, OPTIONS));
        assertThrows(
                NameExistsException.class, () -> provider().createPublisher(bySubscriber, OPTIONS));
        Publisher publisher = openPublisher(bySubscriber);
        assertEquals(subscriber.nativeKey(), publisher.nativeKey());
        assertEquals(bySubscriber, publisher.name());
        Messages.send(publisher, "hello");
        assertEquals("hello", Messages.all(subscriber));
        IpcName byPublisher = fresh();
        create(byPublisher, Access.OWNER);
        assertThrows(
                NameExistsException.class, () -> provider().createSubscriber(byPublisher, OPTIONS));
        assertEquals(provider().nativeKey(byPublisher), openSubscriber(byPublisher).nativeKey());
    }

    /**
     * A publisher opens by the native key too, and is told if there is none; nothing is created
     * then.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publisherOpensByNativeKey() throws Exception {
        IpcName name = fresh();
        assertThrows(NameNotFoundException.class, () -> openPublisher(name));
        assertEquals(Optional.empty(), provider().find(name));
        Subscriber subscriber = closing(provider().createSubscriber(name, OPTIONS));
        Publisher publisher = openPublisher(IpcName.ofNative(subscriber.nativeKey()));
        Messages.send(publisher, "by key");
        assertEquals("by key", Messages.next(subscriber));
    }

    /**
     * A subscriber's topic is its owner's alone, unless somebody asks for more.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void subscriberGivesTheAccessAskedFor() throws Exception {
        assertMode(closing(provider().createSubscriber(fresh(), OPTIONS)), Access.OWNER);
        require(Capability.SHARED_ACCESS);
        for (Access access : Access.values()) {
            TopicOptions options = OPTIONS.withAccess(access);
            assertMode(closing(provider().createSubscriber(fresh(), options)), access);
        }
    }

    /**
     * Closing either end gives back every descriptor and every mapping.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingEndsGivesEverythingBack() throws Exception {
        Subscriber stays = closing(provider().createSubscriber(fresh(), OPTIONS));
        openPublisher(stays.name()).close();
        openSubscriber(stays.name()).close();
        long before = held();
        for (int i = 0; i < 100; i++) {
            Publisher publisher = openPublisher(stays.name());
            assertThrows(ResourceLimitException.class, () -> openPublisher(stays.name()));
            publisher.close();
            openSubscriber(stays.name()).close();
        }
        long more = held() - before;
        assertTrue(more < 50, () -> "100 of each left " + more + " descriptors and mappings");
    }

    /**
     * An end that is closed while its thread uses it gives that {@link IllegalStateException} or
     * {@link IpcClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            for (int round = 0; round < 20; round++) {
                closeUnderUse(OPTIONS.withSlow(slow), Task.Kind.values()[round % 2]);
            }
        }
    }

    private void closeUnderUse(TopicOptions options, Task.Kind kind) throws Exception {
        Publisher publisher = closing(provider().createPublisher(fresh(), options));
        Subscriber subscriber = openSubscriber(publisher.name());
        List<Task<Void>> users = new ArrayList<>();
        users.add(
                Task.start(
                        kind,
                        () -> {
                            while (true) {
                                publisher.trySend(Messages.bytes("x"));
                            }
                        }));
        users.add(Task.start(kind, () -> drainForEver(subscriber)));
        Thread.sleep(2);
        publisher.close();
        subscriber.close();
        provider().remove(publisher.name());
        for (Task<Void> user : users) {
            Exception e = user.failure(Exception.class);
            assertTrue(
                    e instanceof IllegalStateException || e instanceof IpcClosedException,
                    e::toString);
        }
    }

    /** To be cut off is nothing wrong, if the publisher was faster. */
    private static Void drainForEver(Subscriber subscriber) throws IpcException {
        while (true) {
            try {
                Messages.drain(subscriber);
            } catch (CutOffException e) {
                subscriber.publisher();
            }
        }
    }
}
