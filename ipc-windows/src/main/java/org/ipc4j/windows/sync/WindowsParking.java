// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sync;

import static org.ipc4j.windows.sys.SynchApi.CreateEventW;
import static org.ipc4j.windows.sys.SynchApi.SetEvent;
import static org.ipc4j.windows.sys.SynchApi.WaitForSingleObject;
import static org.ipc4j.windows.sys.WindowsErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.Parking;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.Security;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.WindowsNames;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;

/**
 * An event with a name for each word. ({@code WaitOnAddress} knows a word by its address in one
 * process.)
 *
 * <p>A thread looks at the word, and then waits for the event. What sets the event in between lets
 * it through, since an event stays set until it has let somebody through. Such a one is left over
 * when nobody waits, and lets the next one through for no reason.
 *
 * <p>The events belong to the user who made them. Others neither wake nor are woken.
 */
final class WindowsParking implements Parking {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IpcName name;
    private final String memoryKey;
    private final MemorySegment segment;

    /** By their words' offsets. Guarded by itself. */
    private final Map<Long, NativeHandle> events = new HashMap<>();

    private volatile boolean open = true;

    WindowsParking(IpcName name, SharedMemory memory) {
        this.name = name;
        this.memoryKey = memory.nativeKey();
        this.segment = memory.segment();
    }

    @Override
    public Waking wakes() {
        return Waking.ONE;
    }

    /** Windows counts in milliseconds; less than one is a whole one. */
    @Override
    public boolean park(long offset, int expected, long nanos) throws IpcException {
        NativeHandle event = event(offset);
        int millis = (int) Math.min(Math.ceilDiv(nanos, NANOS_PER_MILLI), Integer.MAX_VALUE);
        long handle = event.enter();
        try {
            if ((int) INT.getVolatile(segment, offset) != expected) {
                return true;
            }
            long result = WaitForSingleObject(handle, millis);
            return check(result, "WaitForSingleObject", name, key(offset)) == Win32.WAIT_OBJECT_0;
        } finally {
            event.exit();
        }
    }

    @Override
    public void unpark(long offset) {
        NativeHandle event;
        try {
            event = event(offset);
        } catch (IpcException e) {
            return; // of another user, who looks again by himself
        }
        long handle = event.enter();
        try {
            SetEvent(handle);
        } finally {
            event.exit();
        }
    }

    private NativeHandle event(long offset) throws IpcException {
        synchronized (events) {
            Arguments.requireOpen(open, name);
            NativeHandle event = events.get(offset);
            if (event == null) {
                event = HandleApi.owning(name, made(key(offset)));
                events.put(offset, event);
            }
            return event;
        }
    }

    private long made(String key) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = Security.attributes(name, key, Access.OWNER, 0, arena);
            return check(CreateEventW(attributes, key), "CreateEventW", name, key);
        }
    }

    private String key(long offset) {
        return WindowsNames.parking(memoryKey, offset);
    }

    /** {@code FlushProcessWriteBuffers} is for the threads of one process. */
    @Override
    public boolean needsFence() {
        return true;
    }

    @Override
    public boolean heavyFence() {
        VarHandle.fullFence();
        return true;
    }

    @Override
    public void close() {
        synchronized (events) {
            open = false;
            events.values().forEach(NativeHandle::close);
            events.clear();
        }
    }
}
