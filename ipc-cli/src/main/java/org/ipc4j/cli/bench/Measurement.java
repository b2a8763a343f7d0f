// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** What is measured from the first process. */
final class Measurement {
    /** Between two looks at the clock; a multiple of all batches. */
    private static final int STRIDE = 1 << 12;

    private final Side side;

    /** Of the last answer. */
    private long answered;

    Measurement(Side side) {
        this.side = side;
    }

    /** Sends a message and waits for its answer, again and again. */
    Latencies roundTrips(Duration time) throws IOException, InterruptedException, CommandFailure {
        Latencies latencies = new Latencies();
        long start = System.nanoTime();
        long before = start;
        for (long number = 1; before - start < time.toNanos(); number++) {
            roundTrip(number);
            long now = System.nanoTime();
            latencies.add(now - before);
            before = now;
        }
        return latencies;
    }

    /** The same, each after a pause in which the other process falls asleep, if it ever does. */
    Latencies roundTripsAfter(Duration pause, int count)
            throws IOException, InterruptedException, CommandFailure {
        Latencies latencies = new Latencies();
        for (int number = 1; number <= count; number++) {
            Thread.sleep(pause);
            long start = System.nanoTime();
            roundTrip(number);
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    private void roundTrip(long number) throws IOException, InterruptedException, CommandFailure {
        side.send(Side.PING, number);
        requireAnswer(number);
    }

    /** Sends messages as fast as they are received, and returns how many those were in a second. */
    double messagesPerSecond(Duration time, int batch)
            throws IOException, InterruptedException, CommandFailure {
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            for (long end = count + STRIDE; count < end; ) {
                for (int i = 1; i < batch; i++) {
                    side.stage(Side.DATA, count++);
                }
                side.send(Side.DATA, count++);
            }
        }
        side.send(Side.END, count);
        requireAnswer(count);
        return count * 1e9 / (System.nanoTime() - start);
    }

    private void requireAnswer(long number)
            throws IOException, InterruptedException, CommandFailure {
        side.receive(this::onAnswer);
        if (answered != number) {
            throw new CommandFailure(
                    ExitStatus.REFUSED, "the answer to " + number + " is " + answered);
        }
    }

    private void onAnswer(MemorySegment memory, long offset, int length) {
        answered = Side.number(memory, offset, length);
    }
}
