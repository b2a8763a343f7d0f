// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.spi.WakeWord;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parking of this system, whose calls are counted, and in which nobody gives up soon who is
 * certain to be woken: children find it on their class path. A wake-up that is lost, which a slice
 * would have made good, is then a time-out.
 */
public final class CountingParkingProvider implements ParkingProvider {
    /** How often a thread parked. */
    static final AtomicLong PARKS = new AtomicLong();

    /** How often a thread that was certain to be woken parked until its time was up. */
    static final AtomicLong TIME_OUTS = new AtomicLong();

    /** How often somebody was woken. */
    static final AtomicLong UNPARKS = new AtomicLong();

    private static final long LONG = TimeUnit.SECONDS.toNanos(10);

    /** For the service loader. */
    public CountingParkingProvider() {}

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CROSS_PROCESS, Capability.KERNEL_WAIT);
    }

    @Override
    public Parking open(IpcName name, SharedMemory memory) throws IpcException {
        return new Counting(Ipc.provider(ParkingProvider.class, Here.NATIVE).open(name, memory));
    }

    private record Counting(Parking real) implements Parking {
        @Override
        public Waking wakes() {
            return real.wakes();
        }

        @Override
        public boolean park(long offset, int expected, long nanos) throws IpcException {
            PARKS.incrementAndGet();
            boolean certain = nanos > WakeWord.UNCERTAIN;
            boolean woken = real.park(offset, expected, certain ? Math.max(nanos, LONG) : nanos);
            if (!woken && certain) {
                TIME_OUTS.incrementAndGet();
            }
            return woken;
        }

        @Override
        public void unpark(long offset) {
            UNPARKS.incrementAndGet();
            real.unpark(offset);
        }

        @Override
        public boolean needsFence() {
            return real.needsFence();
        }

        @Override
        public boolean heavyFence() {
            return real.heavyFence();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
