// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketType;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes a {@link LocalServerSocket} from an accept that does not wait. */
public abstract class LocalServerChannel implements LocalServerSocket {
    private final LocalAddress address;
    private final LocalSocketType type;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates the part that waits.
     *
     * @param address where the server is found
     * @param type what goes through the sockets that it accepts
     */
    protected LocalServerChannel(LocalAddress address, LocalSocketType type) {
        this.address = address;
        this.type = type;
    }

    /**
     * Accepts a client if there is one. Called by any number of threads.
     *
     * @return the server's end, or null if there is none now
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the server is closed
     */
    protected abstract LocalSocket acceptNow() throws IpcException;

    /**
     * Returns where clients are waited for.
     *
     * @return the same object for every call
     */
    protected abstract Wait clients();

    /**
     * Waits in the kernel until there is probably a client. Only called if {@link #clients()} waits
     * in the kernel.
     *
     * @param nanos how long at most
     * @throws IllegalStateException if the server is closed
     */
    protected void awaitClient(long nanos) {}

    /** Closes what the system gave, and gives up the name. Called once. */
    protected abstract void closeNow();

    @Override
    public final IpcName name() {
        return address.name();
    }

    @Override
    public final LocalAddress address() {
        return address;
    }

    @Override
    public final LocalSocketType type() {
        return type;
    }

    @Override
    public final LocalSocket accept() throws IpcException, InterruptedException {
        return accept(Wait.FOREVER).orElseThrow();
    }

    @Override
    public final Optional<LocalSocket> accept(Duration timeout)
            throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name());
        LocalSocket[] accepted = {null};
        clients()
                .until(
                        timeout,
                        nanos -> {
                            if (nanos > 0) {
                                awaitClient(nanos);
                            }
                            accepted[0] = acceptNow();
                            return accepted[0] != null;
                        });
        return Optional.ofNullable(accepted[0]);
    }

    @Override
    public final boolean isOpen() {
        return !closed.get();
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            closeNow();
        }
    }
}
