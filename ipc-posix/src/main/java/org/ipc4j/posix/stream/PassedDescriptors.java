// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.SocketMessages;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.ReceivedHandle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Descriptors that go with messages. */
final class PassedDescriptors {
    /** What the kernel calls memory that {@code memfd_create(2)} has made. */
    private static final String MEMORY = "/memfd:";

    private PassedDescriptors() {}

    /** What is done with descriptors. */
    @FunctionalInterface
    interface Use {
        /** Returns what the system does. */
        long with(int[] descriptors) throws IpcException;
    }

    /**
     * Uses the descriptors of what is passed, while nobody can close them.
     *
     * @param send uses them
     * @return what {@code send} returns
     * @throws IllegalStateException if one is closed
     */
    static long during(List<PassableHandle> handles, Use send) throws IpcException {
        int[] descriptors = new int[handles.size()];
        int entered = 0;
        try {
            for (PassableHandle handle : handles) {
                descriptors[entered] = (int) handle.handle().enter();
                entered++;
            }
            return send.with(descriptors);
        } finally {
            for (int i = 0; i < entered; i++) {
                handles.get(i).handle().exit();
            }
        }
    }

    /**
     * Gives the user what was received. Whatever goes wrong, nothing stays open that the user does
     * not have.
     *
     * @param received what has come
     * @param handles where it goes
     * @throws ResourceLimitException if some of it could not be received
     */
    static void take(
            SocketMessages.Received received,
            Collection<? super ReceivedHandle> handles,
            int maxHandles,
            IpcName name)
            throws IpcException {
        List<AdoptableHandle> taken = new ArrayList<>();
        int next = 0;
        boolean done = false;
        try {
            if ((received.flags() & Abi.MSG_CTRUNC) != 0) {
                throw new ResourceLimitException(
                        name,
                        "more handles came with a message than the "
                                + maxHandles
                                + " of maxHandles, or than RLIMIT_NOFILE lets this process have"
                                + " open; all of them were closed");
            }
            for (int fd : received.descriptors()) {
                taken.add(adoptable(fd, name));
                next++;
            }
            handles.addAll(taken);
            done = true;
        } finally {
            if (!done) {
                taken.forEach(AdoptableHandle::close);
                for (int i = next; i < received.descriptors().length; i++) {
                    UnistdCalls.close(received.descriptors()[i]);
                }
            }
        }
    }

    private static AdoptableHandle adoptable(int fd, IpcName name) throws IpcException {
        HandleKind kind = kind(fd, name);
        IpcName called = IpcName.ofNative("(received over " + name.value() + ")");
        return new AdoptableHandle("posix", called, kind, UnistdCalls.handle(called, fd));
    }

    private static HandleKind kind(int fd, IpcName name) throws IpcException {
        OpenFile file = OpenFile.of(fd, name);
        if (file.isFifo()) {
            return HandleKind.PIPE;
        }
        if (file.isSocket()) {
            return SocketCalls.getsockopt(fd, Abi.SO_DOMAIN) == Abi.AF_UNIX
                    ? HandleKind.SOCKET
                    : HandleKind.OTHER;
        }
        if (!file.isRegular()) {
            return HandleKind.OTHER;
        }
        try {
            return OpenFile.target(fd).startsWith(MEMORY) ? HandleKind.MEMORY : HandleKind.FILE;
        } catch (IOException withoutProc) {
            return HandleKind.OTHER;
        }
    }
}
