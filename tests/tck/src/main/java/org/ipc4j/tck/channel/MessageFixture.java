// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import org.ipc4j.IpcException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.tck.ProviderFixture;

import java.util.ArrayList;
import java.util.List;

/**
 * What the contracts stand on that channels and topics share: one way from a {@link MessageSink} to
 * a {@link MessageSource}. It has no tests.
 *
 * @param <P> the provider interface
 */
public abstract class MessageFixture<P extends NamedObjectProvider> extends ProviderFixture<P> {
    /** For subclasses. */
    protected MessageFixture() {}

    /**
     * Both ends of a fresh object, of the smallest capacity there is, which are closed after the
     * test. The sink waits for the source.
     *
     * @param sink where messages go in
     * @param source where they come out
     */
    public record Passage(MessageSink sink, MessageSource source) {}

    /**
     * Makes both ends.
     *
     * @param maxMessageSize how many bytes a message has at most
     * @return both ends
     * @throws IpcException if that fails
     */
    protected abstract Passage passage(int maxMessageSize) throws IpcException;

    /**
     * Returns how many bytes an empty message takes.
     *
     * @return the number, of which what each message takes is a multiple
     */
    protected abstract int overhead();

    /**
     * Makes both ends, for messages as long as they can be.
     *
     * @return both ends
     * @throws IpcException if that fails
     */
    protected final Passage passage() throws IpcException {
        return passage(Messages.SIZE);
    }

    /**
     * Makes objects that are as different as they can be.
     *
     * @param count how many
     * @return both ends of each
     * @throws IpcException if that fails
     */
    protected List<Passage> passages(int count) throws IpcException {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            passages.add(passage());
        }
        return passages;
    }
}
