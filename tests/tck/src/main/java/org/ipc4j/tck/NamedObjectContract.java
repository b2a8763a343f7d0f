// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.NamedObject;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedObjectProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;

/**
 * What holds for every object that is created, opened, removed and closed.
 *
 * @param <P> the provider interface
 * @param <T> the object's type
 */
@SuppressWarnings("try") // what T's close throws is not known here
public abstract class NamedObjectContract<
                P extends NamedObjectProvider, T extends NamedObject & AutoCloseable>
        extends ProviderContract<P> {
    /** For subclasses. */
    protected NamedObjectContract() {}

    /**
     * Creates an object of a small size. It is closed after the test.
     *
     * @param name its name
     * @param access who it is for
     * @return the object
     * @throws IpcException if the provider throws it
     */
    protected abstract T create(IpcName name, Access access) throws IpcException;

    /**
     * Opens an object. It is closed after the test.
     *
     * @param name its name
     * @param access whose object is accepted
     * @return the object
     * @throws IpcException if the provider throws it
     */
    protected abstract T open(IpcName name, Access access) throws IpcException;

    /**
     * Asserts that what is done through one handle is seen through another.
     *
     * @param one a handle
     * @param other another handle
     * @throws Exception if it is not so
     */
    protected abstract void assertOneObject(T one, T other) throws Exception;

    /**
     * Asserts that what is done through one handle is not seen through another.
     *
     * @param one a handle
     * @param other a handle of another object
     * @throws Exception if it is not so
     */
    protected abstract void assertTwoObjects(T one, T other) throws Exception;

    private T create(IpcName name) throws IpcException {
        return create(name, Access.OWNER);
    }

    private T open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Creating refuses a name that is taken, and leaves the object that has it alone.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void createRefusesATakenName() throws Exception {
        IpcName name = fresh();
        T first = create(name);
        NameExistsException e = assertThrows(NameExistsException.class, () -> create(name));
        assertEquals(Optional.of(name), e.name());
        assertTrue(e.getMessage().contains(name.value()), e::getMessage);
        assertOneObject(first, open(name));
    }

    /** Opening refuses a name that is not there; the exception names it. */
    @Test
    protected void openRefusesAnAbsentName() {
        IpcName name = fresh();
        NameNotFoundException e = assertThrows(NameNotFoundException.class, () -> open(name));
        assertEquals(Optional.of(name), e.name());
        assertTrue(e.getMessage().contains(name.value()), e::getMessage);
    }

    /**
     * A refused opening creates nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void openCreatesNothing() throws Exception {
        IpcName name = fresh();
        assertThrows(NameNotFoundException.class, () -> open(name));
        assertEquals(Optional.empty(), provider().find(name));
        create(name);
    }

    /**
     * Two handles of one name are one object, also in one process.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void handlesOfOneNameAreOneObject() throws Exception {
        IpcName name = fresh();
        T created = create(name);
        T opened = open(name);
        assertOneObject(created, opened);
        assertOneObject(opened, created);
        assertOneObject(opened, open(name));
    }

    /**
     * Objects of different names have nothing in common.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void namesAreDistinct() throws Exception {
        assertTwoObjects(create(fresh("A")), create(fresh("B")));
        IpcName name = fresh(".x");
        assertTwoObjects(create(name), create(removing(IpcName.of(name.value() + ".x"))));
    }

    /**
     * An object tells the name that it was asked for by, and that it is open.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsItsName() throws Exception {
        IpcName name = fresh();
        T created = create(name);
        assertEquals(name, created.name());
        assertEquals(name, open(name).name());
        assertTrue(created.isOpen());
    }

    /**
     * Every handle tells the same native key, {@code find} tells it too, and by it the same object
     * is opened.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nativeKeyLeadsToTheSameObject() throws Exception {
        IpcName name = fresh();
        T created = create(name);
        String key = created.nativeKey();
        assertFalse(key.isBlank());
        assertEquals(key, open(name).nativeKey());
        assertEquals(Optional.of(key), provider().find(name));
        assertEquals(key, provider().nativeKey(name));
        T foreign = open(IpcName.ofNative(key));
        assertEquals(key, foreign.nativeKey());
        assertOneObject(created, foreign);
        assertOneObject(foreign, created);
    }

    /**
     * An object that is created by a native key is opened by it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void createsByNativeKey() throws Exception {
        IpcName name = fresh();
        T scout = create(name);
        IpcName key = IpcName.ofNative(scout.nativeKey());
        assertThrows(NameExistsException.class, () -> create(key));
        scout.close();
        assertEquals(has(Capability.OUTLIVES_CREATOR), provider().remove(key));
        T created = create(key);
        assertOneObject(created, open(key));
        assertOneObject(created, open(name));
    }

    /**
     * Closing twice does what closing once does; the object says that it is closed, and still tells
     * its name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeIsIdempotent() throws Exception {
        IpcName name = fresh();
        T object = create(name);
        String key = object.nativeKey();
        object.close();
        object.close();
        assertFalse(object.isOpen());
        assertEquals(name, object.name());
        assertEquals(key, object.nativeKey());
    }

    /**
     * Closing one handle leaves the others alone.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeConcernsOneHandle() throws Exception {
        IpcName name = fresh();
        T first = create(name);
        T second = open(name);
        T third = open(name);
        first.close();
        assertTrue(second.isOpen());
        assertOneObject(second, third);
    }

    /**
     * Many threads may close at the same time.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeIsThreadSafe() throws Exception {
        for (int i = 0; i < 20; i++) {
            T object = create(fresh());
            CyclicBarrier start = new CyclicBarrier(3);
            List<Task<Void>> closers = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                closers.add(
                        Task.start(() -> {
                            start.await();
                            object.close();
                            return null;
                        }));
            }
            for (Task<Void> closer : closers) {
                closer.result();
            }
            assertFalse(object.isOpen());
        }
    }

    /**
     * With {@link Capability#OUTLIVES_CREATOR} the object stays when nobody has it open; without,
     * it goes with the last handle, and not before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void outlivesItsCreator() throws Exception {
        IpcName name = fresh();
        if (!has(Capability.OUTLIVES_CREATOR)) {
            T first = create(name);
            T last = open(name);
            first.close();
            assertOneObject(last, open(name));
            assertThrows(NameExistsException.class, () -> create(name));
            closeAll();
            assertGone(name);
            create(name);
            return;
        }
        create(name).close();
        assertThrows(NameExistsException.class, () -> create(name));
        T later = open(name);
        assertOneObject(later, open(name));
    }

    private void assertGone(IpcName name) throws IpcException {
        assertThrows(NameNotFoundException.class, () -> open(name));
        assertEquals(Optional.empty(), provider().find(name));
    }

    /**
     * Removing what nobody has open tells whether there was something to remove, which there is
     * with {@link Capability#OUTLIVES_CREATOR}; afterwards the name is free.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void removeFreesTheName() throws Exception {
        IpcName name = fresh();
        create(name).close();
        assertEquals(has(Capability.OUTLIVES_CREATOR), provider().remove(name));
        assertFalse(provider().remove(name));
        assertGone(name);
        create(name);
    }

    /**
     * Who has an object open keeps it when its name is removed; whoever creates under that name
     * gets another. Without {@link Capability#REMOVABLE_NAME} that answers {@code false}, and the
     * name leads to the object as before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void removeLeavesOpenHandlesAlone() throws Exception {
        IpcName name = fresh();
        if (!has(Capability.REMOVABLE_NAME)) {
            T only = create(name);
            assertFalse(provider().remove(name));
            assertTrue(only.isOpen());
            assertEquals(Optional.of(only.nativeKey()), provider().find(name));
            assertOneObject(only, open(name));
            assertThrows(NameExistsException.class, () -> create(name));
            return;
        }
        T first = create(name);
        T second = open(name);
        assertTrue(provider().remove(name));
        assertTrue(first.isOpen());
        assertOneObject(first, second);
        T other = create(name);
        assertTwoObjects(first, other);
        assertOneObject(other, open(name));
        first.close();
        second.close();
        assertOneObject(other, open(name));
    }

    /**
     * The longest portable name works, and so do names of other scripts, with blanks, dots and
     * dashes.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void portableNamesWork() throws Exception {
        IpcName short_ = fresh();
        int left = IpcName.MAX_BYTES - short_.value().length();
        for (String suffix :
                List.of(
                        "x".repeat(left),
                        "\u00e4\u6f22\ud83d\ude00",
                        " a b ",
                        ".x.",
                        "-",
                        "a:b*?\"<>|$'%s")) {
            IpcName name = removing(IpcName.of(short_.value() + suffix));
            T created = create(name);
            assertOneObject(created, open(name));
            created.close();
        }
        for (String prefix : List.of(".", "-", " ", "sem.", "~")) {
            IpcName name = removing(IpcName.of(prefix + short_.value()));
            assertOneObject(create(name), open(name));
        }
    }

    /**
     * A native key that is too long for the system is refused with a sentence, and not with the
     * name cut short.
     */
    @Test
    protected void refusesATooLongNativeKey() {
        IpcName name = IpcName.ofNative("/" + "x".repeat(5000));
        for (Exception e :
                List.of(
                        assertThrows(Exception.class, () -> create(name)),
                        assertThrows(Exception.class, () -> open(name)))) {
            assertTrue(
                    e instanceof IpcException || e instanceof IllegalArgumentException,
                    e::toString);
            assertFalse(e.getMessage().isBlank());
        }
    }

    /** Null is a {@link NullPointerException}. */
    @Test
    protected void refusesNull() {
        assertThrows(NullPointerException.class, () -> create(null));
        assertThrows(NullPointerException.class, () -> open(null));
        assertThrows(NullPointerException.class, () -> open(fresh(), null));
    }

    /**
     * An object is its owner's alone, unless somebody asks for more; then it is exactly that,
     * whatever the umask.
     *
     * @throws IOException if the test fails
     */
    @Test
    protected void permissionsAreTheOnesAskedFor() throws IOException {
        assertMode(create(fresh(), Access.OWNER), Access.OWNER);
        require(Capability.SHARED_ACCESS);
        assertMode(create(fresh(), Access.GROUP), Access.GROUP);
        assertMode(create(fresh(), Access.EVERYBODY), Access.EVERYBODY);
    }

    /**
     * One's own object is accepted whatever access is named.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void ownObjectIsAlwaysAccepted() throws Exception {
        IpcName name = fresh();
        T created = create(name);
        for (Access access : Access.values()) {
            assertOneObject(created, open(name, access));
        }
    }

    /**
     * Of threads that create at the same time, one succeeds and the others are told; all of those
     * who open then have its object.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneOfManyCreates() throws Exception {
        for (int round = 0; round < 10; round++) {
            IpcName name = fresh();
            CyclicBarrier start = new CyclicBarrier(4);
            List<Task<T>> creators = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                creators.add(
                        Task.start(() -> {
                            start.await();
                            return create(name);
                        }));
            }
            List<T> created = new ArrayList<>();
            for (Task<T> creator : creators) {
                try {
                    created.add(creator.result());
                } catch (NameExistsException e) {
                    assertEquals(Optional.of(name), e.name());
                }
            }
            assertEquals(1, created.size());
            assertOneObject(created.getFirst(), open(name));
        }
    }

    /**
     * Closing gives back every descriptor and every mapping.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeGivesEverythingBack() throws Exception {
        createOpenClose();
        long before = held();
        for (int i = 0; i < 100; i++) {
            createOpenClose();
        }
        long more = held() - before;
        assertTrue(
                more < 50,
                () -> "100 objects were closed and left " + more + " descriptors and mappings");
    }

    private void createOpenClose() throws Exception {
        IpcName name = fresh();
        T created = create(name);
        open(name).close();
        assertThrows(NameExistsException.class, () -> create(name));
        created.close();
        provider().remove(name);
        assertThrows(NameNotFoundException.class, () -> open(name));
    }
}
